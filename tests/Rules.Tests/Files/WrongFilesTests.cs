using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests.Files;

/// <summary>What the loader says of wrong files, to the letter: WrongFiles.txt beside this file.</summary>
public class WrongFilesTests
{
    private const string Header = "version: 1\npopulation: adults\n";
    private const string GoodRules = "rules:\n  - { alert: SpO2 low, when: spo2 < 90, priority: medium, message: x }\n";

    private static readonly string Text = File.ReadAllText(Repository.PathOf("tests/Rules.Tests/Files/WrongFiles.txt")).ReplaceLineEndings("\n");

    public static TheoryData<string> Cases() => [.. Text.Split("\n===== ").Skip(1)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Load_WrongFile_SaysExactlyThis(string text)
    {
        var expected = text.Split("\n-----\n")[1].TrimEnd('\n');
        Assert.NotEmpty(expected);
        Assert.Equal(expected, string.Join('\n', RuleSetLoader.Load([new RuleFile("bad.yaml", FileOf(text))]).Diagnostics));
    }

    [Fact]
    public void Cases_OfTheFile_AreMany() => Assert.InRange(Cases().Count, 60, 500);

    /// <summary>The file of a case.</summary>
    internal static string FileOf(string text)
    {
        var body = text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..].Split("\n-----\n")[0] + "\n";
        return Header + body + (body.Contains("rules:", StringComparison.Ordinal) ? "" : GoodRules);
    }
}
