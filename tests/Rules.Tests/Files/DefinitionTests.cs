using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Files;

/// <summary>What the loader makes of right files.</summary>
public class DefinitionTests
{
    private static readonly RuleSetDefinition Ten = TenRules.Load().Definition;

    [Fact]
    public void Load_TenRules_KeepsLevelsTheLeastUrgentFirst()
    {
        var low = Rule("SpO2 low");
        Assert.Equal(
            [(AlertPriority.Medium, "(spo2 < limit spo2_low)", 15), (AlertPriority.High, "(spo2 < 80)", 3)],
            low.Levels.Select(level => (level.Priority, level.When.Print(), (int)level.For.TotalSeconds)));
        Assert.Equal((AlertPriority.High, "spo2 < 80", TimeSpan.FromSeconds(3), 2), (low.Rule.Priority, low.Rule.When, low.Rule.For, low.Rule.Levels.Length));
        Assert.Equal("(spo2 >= (limit spo2_low + 2))", low.ClearWhen!.Print());
        var missing = Rule("SpO2 not measured");
        Assert.Equal(
            [(AlertPriority.Medium, "(spo2 is missing)", 120), (AlertPriority.High, "(spo2 is missing)", 600)],
            missing.Levels.Select(level => (level.Priority, level.When.Print(), (int)level.For.TotalSeconds)));
        Assert.Null(missing.ClearWhen);
    }

    [Fact]
    public void Load_TenRules_ConnectsSuppressionFromBothSides()
    {
        Assert.Equal([Rule("SpO2 low").Rule.Index], Rule("SpO2 low on average").SuppressedBy);
        Assert.Equal([Rule("NEWS2 emergency").Rule.Index], Rule("NEWS2 urgent").SuppressedBy);
        Assert.Equal([Rule("NEWS2 emergency").Rule.Index, Rule("NEWS2 urgent").Rule.Index], Rule("NEWS2 single parameter").SuppressedBy);
    }

    [Fact]
    public void Load_TenRules_KeepsTheRest()
    {
        Assert.Equal(["Dialysis"], Rule("Pressure low after dialysis").OnlyIn.Wards);
        Assert.Equal([Population.Adult], Rule("NEWS2 urgent").OnlyIn.Populations);
        Assert.Equal(
            [new EscalationStage(TimeSpan.FromMinutes(2), "charge nurse"), new EscalationStage(TimeSpan.FromMinutes(5), "on-call physician")],
            Rule("Heart rate high").Rule.Escalation);
        Assert.True(Rule("Trial of a tighter limit").Rule.Shadow);
        Assert.True(Rule("Heart rate very low").Rule.Latch);
        Assert.Equal(["NEWS2 one parameter"], Rule("NEWS2 single parameter").Rule.Was);
        Assert.Equal(
            [("HR rose ", null), ("", "rise(hr, 10 min)"), (" in 10 min, now ", null), ("", "hr")],
            Rule("Heart rate climbing").Message.Select(part => (part.Text, part.Value?.Print())));
    }

    [Fact]
    public void Load_TenRules_NamesEachWindowOnce() =>
        Assert.Equal(
            [("hr", 60), ("hr", 600), ("rr", 120), ("sbp", 1800), ("spo2", 60)], Ten.Windows.Select(window => (window.Signal, (int)window.Length.TotalSeconds)));

    [Fact]
    public void Load_TenRules_KeepsOverridesInTheOrderOfTheFile()
    {
        Assert.Equal([OverrideScope.Tag, OverrideScope.Ward, OverrideScope.Site], Ten.Overrides.Select(one => one.Scope));
        Assert.Equal(["ICU-1", "ICU-2"], Ten.Overrides[1].Names);
        Assert.Equal(("spo2_low", 88, 7), (Ten.Overrides[0].Limits[0].Limit, Ten.Overrides[0].Limits[0].Value, Ten.Overrides[0].Place.Line));
        Assert.Equal(("spo2_points", "spo2_scale_2"), (Ten.Overrides[0].Uses[0].Derived, Ten.Overrides[0].Uses[0].Instead));
        Assert.Equal(new LimitDefinition("spo2_low", 90, 80, 94, new Place("ten.yaml", 4)), Ten.Limits[0]);
    }

    [Fact]
    public void Load_TenRules_ReadsScoreTables()
    {
        var spo2 = (ScoreDefinition)Derived("spo2_points");
        Assert.Equal(
            [("(spo2 <= 91)", 3), ("(spo2 between 92 and 93)", 2), ("(spo2 between 94 and 95)", 1), ("(spo2 >= 96)", 0)],
            spo2.Rows.Select(row => (row.Condition.Print(), (int)row.Points)));
        Assert.Equal(1, spo2.Round);
        var second = (ScoreDefinition)Derived("spo2_scale_2");
        Assert.Equal("((spo2 >= 93) and (o2 is off))", second.Rows[4].Condition.Print());
        Assert.Equal("(average(hr, 1 min) <= 40)", ((ScoreDefinition)Derived("hr_points")).Rows[0].Condition.Print());
        Assert.Equal(["(avpu is A)", "(avpu is not A)"], ((ScoreDefinition)Derived("avpu_points")).Rows.Select(row => row.Condition.Print()));
        Assert.Equal(TimeSpan.FromHours(4), Derived("oxygen_points").ValidFor);
        Assert.Equal(0.1, ((ScoreDefinition)Derived("temp_points")).Round);
        Assert.Equal(7, ((SumDefinition)Derived("news2")).Parts.Length);
        Assert.Equal("NEWS2", Derived("news2").Display.Label);
    }

    [Fact]
    public void Load_DerivedSignals_StandBehindWhatOverridesPutInTheirPlace()
    {
        var definition = TestRules.Load(
            "version: 1\npopulation: adults\noverrides:\n  - { for: { tag: t }, use: { base: other } }\nderive:\n  sum: base + 1\n  base: a + 1\n  last: sum + 1\n  other: a + 2\nrules:\n"
            + "  - { alert: X, when: last > 100, priority: low, message: x }\n").Definition;
        var order = definition.Derived.Select(one => one.Name).ToList();
        Assert.Equal(4, order.Count);
        Assert.True(order.IndexOf("base") < order.IndexOf("sum") && order.IndexOf("other") < order.IndexOf("sum") && order.IndexOf("sum") < order.IndexOf("last"), string.Join(' ', order));
    }

    [Fact]
    public void Load_RulesThatAskForEachOther_AreEvaluatedBehindThem()
    {
        var definition = TestRules.Load(
            "version: 1\npopulation: adults\nrules:\n"
            + "  - { alert: A, when: alert \"C\" is active and a > 100, priority: low, message: x }\n"
            + "  - { alert: B, when: a > 110, priority: low, message: x, suppressed by: D }\n"
            + "  - { alert: C, when: a > 120, priority: low, message: x }\n"
            + "  - { alert: D, when: a > 130, priority: low, message: x, clear when: a < 100 and alert \"C\" is not active }\n").Definition;
        Assert.Equal([2, 0, 3, 1], definition.EvaluationOrder);
    }

    [Fact]
    public void Load_LevelsWithSharedFor_TakeItWhereTheyHaveNone()
    {
        var levels = TestRules.Rule("for: 9 s", "levels: { high: { when: a > 150, for: 2 s }, low: { when: a > 100 } }").Definition.Rules[0].Levels;
        Assert.Equal([9, 2], levels.Select(level => (int)level.For.TotalSeconds));
    }

    [Fact]
    public void Load_ScenarioFiles_AreNoPartOfTheSet()
    {
        var rules = new RuleFile("10.yaml", TestRules.File("when: a > 100"));
        var signals = new RuleFile("00.yaml", TestRules.Signals);
        var alone = RuleSetLoader.Load([signals, rules]);
        var tested = RuleSetLoader.Load([signals, rules, new RuleFile("10.test.yaml", "scenario: [ no rules here")]);
        Assert.Empty(tested.Diagnostics);
        Assert.Equal((alone.Rules!.Version, 2), (tested.Rules!.Version, tested.Rules.Files.Length));
        Assert.Equal("R060", Assert.Single(RuleSetLoader.Load([new RuleFile("10.test.yaml", "")]).Diagnostics).Code);
    }

    private static RuleDefinition Rule(string name) => Ten.Rules.Single(rule => rule.Rule.Name == name);

    private static DerivedDefinition Derived(string name) => Ten.Derived.Single(derived => derived.Name == name);
}
