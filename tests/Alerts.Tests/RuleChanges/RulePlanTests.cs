using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Alerts.Tests.Processing;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.RuleChanges;

/// <summary>What other rules would do to the live alerts, found out on a copy.</summary>
public sealed class RulePlanTests
{
    [Fact]
    public void Make_EachState_SaysWhatWouldBecomeOfIt()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Read("m1", "\"hr\":30,\"spo2\":86").Read("m2", "\"hr\":43,\"spo2\":95").Pass(1);
        var candidate = TestRules.Compile(TestRules.Text
            .Replace("for: 5 s", "for: 10 s", StringComparison.Ordinal)
            .Replace("hr < 40", "hr < 44", StringComparison.Ordinal));

        var plan = Make(gateway, candidate);

        Assert.Equal(
            ["Raised Heart rate very low ICU-2", "BeginsAnew SpO2 low ICU-1", "Changed Heart rate very low ICU-1"],
            plan.Alerts.OrderByDescending(effect => effect.Kind == AlertEffectKind.Raised).ThenByDescending(effect => effect.Kind).Select(effect => $"{effect.Kind} {effect.Alert} {effect.Bed}"));
        Assert.False(plan.NeedsApproval);
        Assert.Equal(["SpO2 low: for 5 s -> 10 s", "Heart rate very low: when hr < 40 -> hr < 44"], plan.Rules.Select(rule => $"{rule.Subject}: {rule.Words}"));
        Assert.Contains("Alerts: 3 would be touched, 0 kept.", plan.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_WhenItCallsChanged_SaysSo()
    {
        using var gateway = AlertProcessorTests.Ward();

        var plan = Make(gateway, TestRules.Compile(TestRules.Text
            .Replace("latch: true", "latch: true\n    re-alarm after: never\n    breaks pause: true", StringComparison.Ordinal)
            .Replace("priority: medium", "priority: medium\n    re-alarm after: 90 min", StringComparison.Ordinal)));

        Assert.Equal(
            ["SpO2 low: re-alarm after 3 min -> 90 min", "Heart rate very low: re-alarm after 3 min -> never, breaks pause no -> yes"],
            plan.Rules.Select(rule => $"{rule.Subject}: {rule.Words}"));
    }

    [Fact]
    public void Make_SameRules_KeepsEverything()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Read("m1", "\"hr\":30,\"spo2\":86").Pass(6);

        var plan = Make(gateway, TestRules.Standard);

        Assert.Equal([AlertEffectKind.Kept, AlertEffectKind.Kept], plan.Alerts.Select(effect => effect.Kind));
        Assert.Empty(plan.Rules);
        Assert.StartsWith("The rules are the same.", plan.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Make_LimitChanged_SaysWhichRulesUseItAndWhatBecomesOfTheirAlerts()
    {
        const string Limits = """
            version: 1
            population: adults
            limits:
              spo2_low: { value: 88, allowed: 80 to 94 }
            rules:
              - alert: SpO2 low
                when: spo2 < limit spo2_low
                clear when: spo2 >= limit spo2_low + 2
                priority: medium
                message: "SpO2 {spo2} %"
              - alert: Heart rate very low
                when: hr < 40
                clear when: hr >= 45
                priority: high
                message: "Heart rate {hr}"
            """;
        var before = TestRules.Compile(Limits);
        using var gateway = AlertProcessorTests.Ward().Load(before);
        gateway.Read("m1", "\"hr\":70,\"spo2\":86").Pass(1);
        gateway.Settle();
        var after = TestRules.Compile(Limits.Replace("value: 88", "value: 86", StringComparison.Ordinal));

        var plan = RulePlan.Make(gateway.StateReader().Present(), before, after, [.. gateway.Ledger.Alerts], [.. gateway.Care.LastChanges]);

        Assert.Equal(
            """
            Rules:
              limit spo2_low: 88 -> 86 (used by SpO2 low)
            Alerts: 1 would be touched, 0 kept.
              ICU ICU-1: SpO2 low (medium) would stay, changed: rule changed
            """.ReplaceLineEndings("\n"),
            plan.ToText().ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Make_BedsideLimitNoLongerAllowed_NamesItAndWhatFollows()
    {
        const string Limits = """
            version: 1
            population: adults
            limits:
              spo2_low: { value: 88, allowed: 80 to 94 }
              hr_low: { value: 40, allowed: 30 to 50 }
            rules:
              - { alert: SpO2 low, when: spo2 < limit spo2_low, priority: medium, message: "SpO2 {spo2} %" }
              - { alert: Heart rate low, when: hr < limit hr_low, priority: medium, message: "Heart rate {hr}" }
            """;
        var before = TestRules.Compile(Limits);
        using var gateway = AlertProcessorTests.Ward().Load(before);
        gateway.Give(new SetLimit("p1", "spo2_low", 82, TimeSpan.FromHours(1), "chronic"));
        gateway.Give(new SetLimit("p2", "hr_low", 35, TimeSpan.FromHours(1), "athlete"), "nurse-2");
        gateway.Give(new SetLimit("p2", "spo2_low", 90, TimeSpan.FromHours(1), "young"));
        gateway.Read("m1", "\"hr\":70,\"spo2\":86").Pass(1);
        gateway.Settle();
        var after = TestRules.Compile(Limits.Replace("80 to 94", "84 to 94", StringComparison.Ordinal).Replace(", allowed: 30 to 50", "", StringComparison.Ordinal));

        var plan = RulePlan.Make(gateway.StateReader().Present(), before, after, [.. gateway.Ledger.Alerts], [.. gateway.Care.LastChanges]);

        Assert.Equal(
            [
                new LimitEffect("spo2_low", 82, "nurse-1", "ICU", "ICU-1", "p1", "the rules now allow 84 to 94, and it was set to 82"),
                new LimitEffect("hr_low", 35, "nurse-2", "ICU", "ICU-2", "p2", "the rules no longer let it be set at the bedside"),
            ],
            plan.Limits);
        Assert.Contains(
            """
            Limits set at the bedside that would end:
              ICU ICU-1: spo2_low = 82, set by nurse-1: the rules now allow 84 to 94, and it was set to 82
              ICU ICU-2: hr_low = 35, set by nurse-2: the rules no longer let it be set at the bedside
            """.ReplaceLineEndings("\n"),
            plan.ToText().ReplaceLineEndings("\n"),
            StringComparison.Ordinal);
        Assert.Equal((AlertEffectKind.Raised, "SpO2 low", "ICU-1"), Assert.Single(plan.Alerts) is var raised ? (raised.Kind, raised.Alert, raised.Bed) : default);

        // What was planned is what happens.
        gateway.Load(after).Pass(1);
        Assert.Equal(plan.Limits.Select(limit => limit.Why), gateway.CareEvents().Where(happened => happened.Change == CareChange.LimitEnded).Select(happened => happened.Why));
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "spo2-low")!.State);
        Assert.Equal(90, Assert.Single(gateway.Care.Of("p2").Limits).Value);
    }

    [Fact]
    public void Make_OnlyCommentsChanged_SaysThatNothingElseIsDifferent()
    {
        using var gateway = AlertProcessorTests.Ward();
        var plan = Make(gateway, TestRules.Compile(TestRules.Text + "\n# checked"));
        var difference = Assert.Single(plan.Rules);
        Assert.Equal(("10-test.yaml", false), (difference.Subject, difference.IsRemoved));
        Assert.StartsWith("another text, but the same rules", difference.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_NoState_IsSureOnlyOfWhatHasNoRule()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Read("m1", "\"hr\":30").Pass(1);
        var unsure = RulePlan.Make(null, TestRules.Standard, TestRules.WithMissing, gateway.Ledger.Alerts, []);
        Assert.Equal(AlertEffectKind.Unknown, Assert.Single(unsure.Alerts).Kind);
        Assert.True(unsure.NeedsApproval);

        var candidate = TestRules.Compile("""
            version: 1
            population: adults
            rules:
              - alert: SpO2 low
                when: spo2 < 88
                priority: medium
                message: "SpO2 {spo2} %"
            """);

        var plan = RulePlan.Make(null, TestRules.Standard, candidate, gateway.Ledger.Alerts, []);

        Assert.Equal(AlertEffectKind.Ended, Assert.Single(plan.Alerts).Kind);
        Assert.Equal(2, plan.ApprovalReasons.Length);
    }

    [Fact]
    public void Make_Twice_ChangesNothingOfWhatRuns()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Read("m1", "\"hr\":30,\"spo2\":86").Pass(2);
        gateway.Settle();
        var end = gateway.Log.End;

        var first = RulePlan.Make(gateway.StateReader().Present(), TestRules.Standard, TestRules.WithMissing, [.. gateway.Ledger.Alerts], [.. gateway.Care.LastChanges]);
        var second = RulePlan.Make(gateway.StateReader().Present(), TestRules.Standard, TestRules.WithMissing, [.. gateway.Ledger.Alerts], [.. gateway.Care.LastChanges]);

        Assert.Equal(first.Alerts, second.Alerts);
        Assert.Equal(end, gateway.Log.End);
        Assert.Equal(TestRules.Standard.Version, gateway.Processor.Host.Rules!.Version);
        gateway.Pass(5);
        Assert.Equal("p1 spo2-low active", gateway.Story()[^1]);
    }

    [Fact]
    public void Reader_AsOfATime_IsTheStateOfThatTime()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Read("m1", "\"hr\":70").Pass(10);
        var then = gateway.Now;
        gateway.Pass(1).Read("m1", "\"hr\":80").Pass(10);
        gateway.Settle();

        var host = gateway.StateReader().AsOf(then, out var whole);
        Assert.True(whole);
        Assert.Equal(70, host.LatestValues("p1").Single(value => value.Signal.Id == "hr").Value);

        // Behind both checkpoints: begun anew at the oldest record.
        gateway.Processor.SaveCheckpoint();
        gateway.Pass(1).Read("m1", "\"hr\":81");
        gateway.Settle();
        gateway.Processor.SaveCheckpoint();
        var anew = gateway.StateReader().AsOf(then, out var wholeAnew);
        Assert.False(wholeAnew);
        Assert.Equal(70, anew.LatestValues("p1").Single(value => value.Signal.Id == "hr").Value);
        Assert.Equal(81, gateway.StateReader().Present()!.LatestValues("p1").Single(value => value.Signal.Id == "hr").Value);
    }

    private static RulePlan Make(TestGateway gateway, RuleSet candidate)
    {
        gateway.Settle();
        return RulePlan.Make(gateway.StateReader().Present(), TestRules.Standard, candidate, [.. gateway.Ledger.Alerts], [.. gateway.Care.LastChanges]);
    }
}
