using System.Text.RegularExpressions;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests;

/// <summary>docs/rules.md says what is true.</summary>
public partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/rules.md"));

    public static TheoryData<string> Examples() => [.. YamlBlock().Matches(Text).Select(match => match.Groups[1].Value)];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfTheDocument_LoadsWithoutWarning(string example)
    {
        var result = RuleSetLoader.Load([new RuleFile("example.yaml", example)]);
        Assert.True(result.Diagnostics.IsEmpty, string.Join('\n', result.Diagnostics));
        Assert.NotNull(result.Rules);
    }

    [Fact]
    public void Examples_OfTheDocument_AreFound() => Assert.Equal(2, Examples().Count);

    [Fact]
    public void ErrorExample_OfTheDocument_IsWhatTheLoaderSays()
    {
        const string Bad = "version: 1\npopulation: adults\nrules:\n  - alert: X\n    when: spo < limit spo2_low\n    priority: low\n    message: x\n";
        var said = RuleSetLoader.Load([new RuleFile("bad.yaml", Bad)]).Diagnostics[0].ToString();
        Assert.Contains(said, Text, StringComparison.Ordinal);
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
