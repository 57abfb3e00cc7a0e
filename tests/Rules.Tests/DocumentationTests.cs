using System.Globalization;
using System.Text.RegularExpressions;
using IoTGateway.Readings;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Scenarios;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests;

/// <summary>docs/rules.md says what is true.</summary>
public partial class DocumentationTests
{
    private static readonly string Text = File.ReadAllText(Repository.PathOf("docs/rules.md")).ReplaceLineEndings("\n");

    /// <summary>The parts of the document are one rule set: each becomes a file of its own, completed with what every file has.</summary>
    private static readonly RuleSetResult Parts =
        RuleSetLoader.Load([.. Blocks(Text, " part").Select((part, index) => new RuleFile($"part{index:00}.yaml", Complete(part)))]);

    public static TheoryData<string> Examples() => [.. Blocks(Text, "")];

    /// <summary>The scenarios of all pages.</summary>
    public static TheoryData<string> ScenariosOfAllPages() =>
        [.. Directory.GetFiles(Repository.PathOf("docs"), "*.md").Order(StringComparer.Ordinal).SelectMany(page => Blocks(File.ReadAllText(page).ReplaceLineEndings("\n"), " scenario"))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_OfTheDocument_LoadsWithoutWarning(string example)
    {
        var result = RuleSetLoader.Load([new RuleFile("example.yaml", example)]);
        Assert.True(result.Diagnostics.IsEmpty, string.Join('\n', result.Diagnostics));
        Assert.NotNull(result.Rules);
    }

    [Fact]
    public void Parts_OfTheDocument_LoadTogetherWithoutWarning()
    {
        var parts = Blocks(Text, " part").ToList();
        Assert.True(Parts.Diagnostics.IsEmpty, string.Join('\n', Parts.Diagnostics));
        Assert.InRange(Parts.Rules!.Rules.Length, 14, 100);
        Assert.All(
            Keys.Rule.Concat(Keys.Derived).Concat(Keys.Override).Concat(Keys.Stage).Where(key => key is not ("decimals")),
            key => Assert.Contains(parts, part => part.Contains($"{key}:", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(ScenariosOfAllPages))]
    public void Scenario_OfAPage_GoesAsItSays(string scenario) => Played.Passes(Parts.Rules!, scenario);

    [Fact]
    public void FailedScenario_OfTheDocument_IsToldAsItSays()
    {
        const string Dip = "scenario: a dip\ngiven: { spo2: \"97 for 10 s, 85 for 30 s\" }\nexpect: [{ raised: SpO2 low, at: 20 s }]\n";
        var told = Played.Text(ScenarioTests.Run(Parts.Rules!, [new RuleFile("dip.test.yaml", Dip)]));
        Assert.Contains($"```\n{told.Split("\n\n1 scenario:")[0].TrimEnd('\n')}\n```", Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Signals_OfTheDocument_AreThoseThatAreShipped() => Assert.Equal(
        ShippedRules.SignalCatalogue.Signals.Select(RowOf),
        Text.Split("| signal |")[1].Split("\n\n")[0].Split('\n').Skip(2));

    [Fact]
    public void Blocks_OfTheDocument_AreFound() =>
        Assert.Equal((1, 10, 3), (Blocks(Text, "").Count(), Blocks(Text, " part").Count(), ScenariosOfAllPages().Count));

    [Fact]
    public void Pages_Blocks_AreOfAKindThatIsChecked() =>
        Assert.All(
            Directory.GetFiles(Repository.PathOf("docs"), "*.md"),
            page => Assert.DoesNotContain("scenario: ", string.Concat(Blocks(File.ReadAllText(page).ReplaceLineEndings("\n"), "")), StringComparison.Ordinal));

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

    /// <summary>A signal as the document's table has it.</summary>
    private static string RowOf(Signal signal)
    {
        const double Any = 1e9;
        var unit = signal.Form switch
        {
            SignalForm.Letter => string.Join(", ", signal.Letters.AsEnumerable()),
            SignalForm.Switch => "on, off",
            _ => signal.UnitShown,
        };
        var plausible = signal.PlausibleHigh < Any ? string.Create(CultureInfo.InvariantCulture, $"{signal.PlausibleLow} to {signal.PlausibleHigh}") : "";
        var noValue = signal.NoValueAtOrBelow is { } least ? string.Create(CultureInfo.InvariantCulture, $"`<= {least}`") : "";
        string[] cells =
        [
            $"`{signal.Id}`", signal.Name, unit, plausible, noValue,
            signal.MissingAfter is { } missing ? Durations.Format(missing) : "", signal.ValidFor is { } valid ? Durations.Format(valid) : "",
        ];
        return "|" + string.Concat(cells.Select(cell => cell.Length == 0 ? " |" : $" {cell} |"));
    }

    private static IEnumerable<string> Blocks(string text, string kind) =>
        YamlBlock().Matches(text).Where(match => match.Groups[1].Value == kind).Select(match => match.Groups[2].Value);

    [GeneratedRegex("```yaml([^\n]*)\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
