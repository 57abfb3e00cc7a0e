using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Files;

/// <summary>Warnings that are not in WrongFiles.txt, and what must not be warned of.</summary>
public class WarningTests
{
    private const string Low = "version: 1\npopulation: adults\nrules:\n  - { alert: SpO2 low, when: spo2 < 90, priority: high, message: x }\n";

    [Theory]
    [InlineData("scenario: a\nexpect:\n  - { raised: SpO2 low, at: 3 s }\n", false)]
    [InlineData("- scenario: a\n  expect:\n    - raised: \"SpO2 low\"\n      at: 3 s\n", false)]
    [InlineData("scenario: a\nexpect: [ { never: SpO2 low } ]\n", false)]
    [InlineData("scenario: a\nexpect:\n- { raised: SpO2 low }\n", false)]
    [InlineData("scenario: a\nexpect:\n  - { raised: SpO2 low on average, at: 3 s }\n", true)]
    [InlineData("scenario: SpO2 low\ngiven:\n  spo2: 88\nexpect:\n  - { raised: Other }\n", true)]
    [InlineData("scenario: a\nexpect:\n  - { raised: Other }\nnotes: SpO2 low\n", true)]
    public void Load_HighPriorityAndScenarios_WarnsIfNoneExpectsIt(string scenarios, bool warned)
    {
        var result = RuleSetLoader.Load([new RuleFile("10.yaml", Low), new RuleFile("10.test.yaml", scenarios)]);
        Assert.NotNull(result.Rules);
        Assert.Equal(warned ? ["R078"] : [], result.Diagnostics.Select(diagnostic => diagnostic.Code));
    }

    /// <summary>Without them the 0 of a monitor is a heart rate, and a device that says `heart_rate` says nothing.</summary>
    [Theory]
    [InlineData("hr: { missing after: 1 min }", "hr is declared without `no value`, `plausible`, `aliases`, which the shipped signal has")]
    [InlineData("hr: { plausible: 1 to 250, aliases: [h] }", "hr is declared without `no value`, which the shipped signal has")]
    [InlineData("hr: { plausible: 1 to 250, no value: \"<= 0\", aliases: [h] }", null)]
    [InlineData("lactate: { unit: mmol/L }", null)]
    public void Load_ShippedSignalDeclaredWithLess_IsWarnedOf(string declaration, string? warning)
    {
        var rule = Low.Replace("spo2 < 90", declaration.Split(':')[0] + " > 0", StringComparison.Ordinal).Replace("rules:", $"signals:\n  {declaration}\nrules:", StringComparison.Ordinal);
        var warnings = RuleSetLoader.Load([new RuleFile("10.yaml", rule)]).Diagnostics.Where(diagnostic => diagnostic.Code == "R082");
        Assert.Equal(warning is null ? [] : [warning], warnings.Select(diagnostic => diagnostic.Message));
    }

    [Fact]
    public void Load_FileDeclaresOneSignal_RuleOnAShippedOneIsToldWhy()
    {
        var file = Low.Replace("rules:", "signals:\n  lactate: { unit: mmol/L }\nrules:", StringComparison.Ordinal);
        var error = Assert.Single(RuleSetLoader.Load([new RuleFile("10.yaml", file)]).Diagnostics, diagnostic => diagnostic.IsError);
        Assert.Equal(("R040", "there is no signal or limit named 'spo2'"), (error.Code, error.Message));
        Assert.StartsWith("the shipped signals count only where no file declares any", error.Help, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_HighPriorityWithoutAnyScenarioFile_SaysNothing() =>
        Assert.Empty(RuleSetLoader.Load([new RuleFile("10.yaml", Low)]).Diagnostics);

    [Theory]
    [InlineData("when: a < 50", "clear when: a >= 50")]
    [InlineData("when: a < 50 or b > 100", "clear when: a >= 60 and b <= 100")]
    [InlineData("when: a < 50 and b > 100", "clear when: a >= 50 or b <= 100")]
    [InlineData("when: a / b > 2", "clear when: a / b < 1")]
    [InlineData("when: v is not A", "clear when: v is A")]
    [InlineData("when: o is on and a < 50", "clear when: o is off or a > 52")]
    [InlineData("when: a is missing", "clear when: a is not missing and a > 60")]
    [InlineData("when: a < 50 and a > 0", "clear when: a > 55")]
    [InlineData("when: not a between 50 and 100", "clear when: a between 55 and 95")]
    [InlineData("when: at least 2 of (a > 100, b > 100, c > 5)", "clear when: at least 2 of (a < 90, b < 90, c < 4)")]
    [InlineData("when: rise(a, 1 min) > 20 and a > 100", "clear when: a < 90")]
    [InlineData("when: rise(a, 1 min) > 20", "latch: true")]
    [InlineData("when: average(a, 1 min) > 100 or count(a, 1 min) < 3", "for: 3 s")]
    public void Load_RightRule_IsNotWarnedOf(params string[] lines) =>
        Assert.Empty(TestRules.TryLoad(TestRules.File(lines)).Diagnostics);

    [Theory]
    [InlineData("charge nurse", "charge nurse", "charge nures", "did you mean `charge nurse`?")]
    [InlineData("charge nurse", "charge nurse", "charg nurse", "did you mean `charge nurse`?")]
    [InlineData("charge nurse", "charge nurse", "charge nurse", null)]
    [InlineData("charge nurse", "charge nurses", "physician", null)]
    [InlineData("team A", "team A", "team B", null)]
    [InlineData("charge nurse", "charge nurse", "change nursing", null)]
    public void Load_RoleThatIsHardlyAnother_IsWarnedOf(string first, string second, string third, string? help)
    {
        var stages = string.Join(", ", new[] { first, second, third }.Select((role, index) => $"{{ not acknowledged in: {index + 1} min, notify: {role} }}"));
        var warnings = TestRules.TryLoad(TestRules.File("when: a > 100", $"escalate: [{stages}]")).Diagnostics;
        Assert.Equal(help is null ? [] : [("R081", help)], warnings.Select(warning => (warning.Code, warning.Help)));
    }

    [Fact]
    public void Load_OverridesThatDiffer_AreNotWarnedOf()
    {
        const string Text = """
            version: 1
            population: adults
            limits: { low: { value: 50, allowed: 40 to 60 } }
            overrides:
              - { for: { ward: A }, limits: { low: 45 } }
              - { for: { ward: B }, limits: { low: 55 } }
              - { for: { tag: t }, limits: { low: 50 } }
            rules:
              - { alert: X, when: a < limit low, clear when: a >= limit low + 1, priority: low, message: x }
            """;
        Assert.Empty(TestRules.TryLoad(Text).Diagnostics);
    }

    [Fact]
    public void Load_MoreWindowsThanAreKept_IsRefused()
    {
        string File(int count) => "version: 1\npopulation: adults\nrules:\n" + string.Concat(
            Enumerable.Range(1, count).Select(index => $"  - {{ alert: X{index}, when: \"average(a, {index} min) > 100 or lowest(a, {index} min) < 20\", priority: low, message: x }}\n"));
        Assert.Empty(TestRules.TryLoad(File(64)).Diagnostics);
        var error = Assert.Single(TestRules.TryLoad(File(65)).Diagnostics);
        Assert.Equal(("R003", true, "the rules look at 65 windows of time, at most 64 are kept for each patient"), (error.Code, error.IsError, error.Message));
    }

    [Fact]
    public void Load_RulesMadeToBeSlowToCheck_TakesBoundedTime()
    {
        // Every rule has as many combinations of values as the checks will try, and there are as many rules as there may be.
        var condition = string.Join(" and ", "abcd".Select(signal => $"({string.Join(" or ", Enumerable.Range(11, 12).Select(number => $"{signal} = {number}.INDEX"))})"));
        var text = "version: 1\npopulation: adults\nrules:\n" + string.Concat(Enumerable.Range(0, 500).Select(index =>
            $"  - {{ alert: X{index}, when: {condition.Replace("INDEX", index.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)}, clear when: a > 100, priority: low, message: x }}\n"));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var result = TestRules.TryLoad(text);
        Assert.NotNull(result.Rules);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        TestContext.Current.SendDiagnosticMessage($"{clock.ElapsedMilliseconds} ms");
    }
}
