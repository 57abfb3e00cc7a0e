using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Files;

/// <summary>The keys that say when an alert calls: <c>re-alarm after</c> and <c>breaks pause</c>; and the limits that may be set for a patient.</summary>
public class CallingKeysTests
{
    [Theory]
    [InlineData("", 180)]
    [InlineData("re-alarm after: 1 min", 60)]
    [InlineData("re-alarm after: 24 h", 86_400)]
    [InlineData("re-alarm after: never", null)]
    public void Load_ReAlarm_IsWhatTheRuleSays(string line, int? seconds)
    {
        var rule = Assert.Single(TestRules.Load(TestRules.File("when: a > 100", line)).Rules);
        Assert.Equal(seconds is { } known ? TimeSpan.FromSeconds(known) : null, rule.ReAlarmAfter);
        Assert.False(rule.BreaksPause);
    }

    [Fact]
    public void Load_BreaksPauseOfALevelHigh_IsAccepted()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            rules:
              - { alert: A, when: a > 100, levels: { medium: { for: 1 min }, high: { for: 5 min } }, breaks pause: true, message: "{a}" }
            """);
        Assert.True(Assert.Single(rules.Rules).BreaksPause);
    }

    [Fact]
    public void LimitsFor_PatientWithALimitOfItsOwn_SaysBothAndWhatIsComparedWithIt()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            limits:
              a_high: { value: 100, allowed: 80 to 120 }
              fixed: { value: 5 }
            rules:
              - { alert: A, when: "average(a, 1 min) > limit a_high + 5 or b > 3", priority: low, message: "{a}" }
              - { alert: B, when: b > limit a_high, priority: low, message: "{b}" }
              - { alert: C, when: a > 1 and b < limit fixed, priority: low, message: "{b}" }
            """);
        var patient = new PatientProfile("p", "w", [], []) { Limits = [new PatientLimit("a_high", 110, "set"), new PatientLimit("fixed", 1000, "set")] };
        var limits = rules.LimitsFor(patient);
        Assert.Equal(("a_high", 110d, 100d, 80d, 120d, "a b"), (limits[0].Name, limits[0].Value, limits[0].FromFiles, limits[0].Lowest, limits[0].Highest, string.Join(' ', limits[0].Signals)));
        Assert.Equal(("fixed", 5d, null, null, "b"), (limits[1].Name, limits[1].FromFiles, limits[1].Lowest, limits[1].Highest, string.Join(' ', limits[1].Signals)));
        Assert.Equal((80d, 120d), rules.AllowedFor("a_high"));
        Assert.Null(rules.AllowedFor("fixed"));
        Assert.Null(rules.AllowedFor("nothing"));
    }
}
