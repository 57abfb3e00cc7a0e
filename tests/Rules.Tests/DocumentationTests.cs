using System.Text.RegularExpressions;
using IoTGateway.Rules.Files;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests;

/// <summary>docs/rules.md says what is true.</summary>
public partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/rules.md")).ReplaceLineEndings("\n");

    public static TheoryData<string> Examples() => [.. Blocks("")];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfTheDocument_LoadsWithoutWarning(string example)
    {
        var result = RuleSetLoader.Load([new RuleFile("example.yaml", example)]);
        Assert.True(result.Diagnostics.IsEmpty, string.Join('\n', result.Diagnostics));
        Assert.NotNull(result.Rules);
    }

    /// <summary>The parts of the document are one rule set: each becomes a file of its own, completed with what every file has.</summary>
    [Fact]
    public void Parts_OfTheDocument_LoadTogetherWithoutWarning()
    {
        var parts = Blocks(" part").ToList();
        var result = RuleSetLoader.Load([.. parts.Select((part, index) => new RuleFile($"part{index:00}.yaml", Complete(part)))]);
        Assert.True(result.Diagnostics.IsEmpty, string.Join('\n', result.Diagnostics));
        Assert.InRange(result.Rules!.Rules.Length, 14, 100);
        Assert.All(
            Keys.Rule.Concat(Keys.Derived).Concat(Keys.Override).Concat(Keys.Stage).Where(key => key is not ("decimals")),
            key => Assert.Contains(parts, part => part.Contains($"{key}:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Blocks_OfTheDocument_AreFound() =>
        Assert.Equal((1, 10, 1), (Blocks("").Count(), Blocks(" part").Count(), Blocks(" scenario").Count()));

    [Fact]
    public void Keys_OfTheLanguage_AreAllNamed() =>
        Assert.All(
            Keys.File.Concat(Keys.Limit).Concat(Keys.Override).Concat(Keys.OverrideFor).Concat(Keys.Derived).Concat(Keys.Rule).Concat(Keys.Level).Concat(Keys.Stage)
                .Concat(Keys.OnlyIn).Concat(Keys.Populations),
            key => Assert.Contains(key, Text, StringComparison.Ordinal));

    [Fact]
    public void ErrorExample_OfTheDocument_IsWhatTheLoaderSays()
    {
        const string Bad = "version: 1\npopulation: adults\nrules:\n  - alert: X\n    when: spo < limit spo2_low\n    priority: low\n    message: x\n";
        var said = RuleSetLoader.Load([new RuleFile("bad.yaml", Bad)]).Diagnostics[0].ToString();
        Assert.Contains(said, Text, StringComparison.Ordinal);
    }

    private static string Complete(string part)
    {
        var file = part.StartsWith("- alert", StringComparison.Ordinal)
            ? "rules:\n" + string.Concat(part.Split('\n').Where(line => line.Length > 0).Select(line => $"  {line}\n"))
            : part;
        return file.StartsWith("version:", StringComparison.Ordinal) ? file : "version: 1\npopulation: adults\n" + file;
    }

    private static IEnumerable<string> Blocks(string kind) =>
        YamlBlock().Matches(Text).Where(match => match.Groups[1].Value == kind).Select(match => match.Groups[2].Value);

    [GeneratedRegex("```yaml([^\n]*)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
