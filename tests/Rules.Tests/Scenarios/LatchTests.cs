using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>Alerts that stay until somebody acknowledges them, and acknowledgements, in scenarios.</summary>
public class LatchTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - { alert: Stays, when: a > 100, clear when: a <= 95, priority: high, latch: true, message: "{a}" }
          - { alert: Goes, when: a > 100, clear when: a <= 95, priority: high, message: "{a}" }
          - { alert: Tried, when: a > 100, clear when: a <= 95, priority: high, latch: true, shadow: true, message: "{a}" }
          - alert: Steps
            levels: { low: { when: b > 100 }, high: { when: b > 150 } }
            latch: true
            message: "{b}"
        """);

    [Fact]
    public void Run_NobodyAcknowledges_ItIsLatchedAndNotCleared() => Played.Passes(Rules, """
        scenario: nobody comes
        given: { a: "90 for 10 s, 110 for 10 s, 90 for 30 s" }
        expect:
          - { raised: Stays, at: 10 s }
          - { active: Stays, at: 10 s .. 19 s }
          - { latched: Stays, at: 20 s .. 50 s, priority: high }
          - { cleared: Goes, at: 20 s }
          - { not active: Goes, at: 20 s }
          - { not active: Tried, at: 20 s }
          - { cleared: Tried, at: 20 s }
        """);

    [Fact]
    public void Run_AcknowledgedWhileLatched_EndsAtThatMoment() => Played.Passes(Rules, """
        scenario: somebody comes late
        given: { a: "90 for 10 s, 110 for 10 s, 90 for 30 s" }
        acknowledge: [{ alert: Stays, at: 40 s }]
        expect:
          - { latched: Stays, at: 20 s .. 39 s }
          - { cleared: Stays, at: 40 s }
          - { not active: Stays, at: 40 s }
          - { never: Stays, after: 40 s }
        """);

    [Fact]
    public void Run_AcknowledgedWhileActive_EndsByItself() => Played.Passes(Rules, """
        scenario: somebody comes at once
        given: { a: "90 for 10 s, 110 for 10 s, 90 for 30 s" }
        acknowledge: [{ alert: stays, at: 10 s }]
        expect:
          - { active: Stays, at: 19 s }
          - { cleared: Stays, at: 20 s }
        """);

    [Fact]
    public void Run_RaisedAgainWhileLatched_IsRaisedAndStillWaitsForSomebody() => Played.Passes(Rules, """
        scenario: it comes back
        given: { a: "90 for 10 s, 110 for 10 s, 90 for 10 s, 110 for 10 s, 90 for 30 s" }
        acknowledge: [{ alert: Stays, at: 35 s }]
        expect:
          - { latched: Stays, at: 20 s .. 29 s }
          - { raised: Stays, at: 30 s }
          - { active: Stays, at: 39 s }
          - { cleared: Stays, at: 40 s }
        """);

    [Fact]
    public void Run_PriorityRisesAfterTheAcknowledgement_AsksAgain() => Played.Passes(Rules, """
        scenario: it gets worse
        given: { b: "110 for 10 s, 160 for 10 s, 90 for 10 s" }
        acknowledge: [{ alert: Steps, at: 5 s }]
        expect:
          - { raised: Steps, at: 10 s, priority: high }
          - { latched: Steps, at: 20 s .. 30 s }
        """);

    [Fact]
    public void Run_PriorityFallsAfterTheAcknowledgement_StaysAcknowledged() => Played.Passes(Rules, """
        scenario: it gets better
        given: { b: "160 for 10 s, 110 for 10 s, 90 for 10 s" }
        acknowledge: [{ alert: Steps, at: 5 s }]
        expect:
          - { active: Steps, at: 15 s, priority: low }
          - { cleared: Steps, at: 20 s }
        """);

    [Theory]
    [InlineData("{ cleared: Stays }", "it was never cleared; it was latched from 20 s, and nobody acknowledged it", "20 s   90  false  true        latched (high)")]
    [InlineData("{ not active: Stays, at: 45 s }", "it was latched (high) at 45 s", "latched (high)")]
    [InlineData("{ active: Stays, at: 45 s }", "it was latched (high) at 45 s", "latched (high)")]
    [InlineData("{ never: Stays, after: 45 s }", "it was latched (high) at 45 s", "latched (high)")]
    [InlineData("{ latched: Stays, at: 15 s }", "it was active (high) at 15 s", "active (high)")]
    [InlineData("{ latched: Goes, at: 30 s }", "it did not stand at 30 s", "-")]
    public void Run_NotAsExpectedOfALatchedAlert_SaysSo(string expectation, string found, string row)
    {
        var miss = Played.Misses(Rules, $"scenario: X\ngiven: {{ a: \"90 for 10 s, 110 for 10 s, 90 for 30 s\" }}\nexpect:\n  - {expectation}\n");
        Assert.Equal(found, miss.Found);
        Assert.Contains(row, miss.TimeLine, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ alert: Stays, at: 5 s }", "it did not stand")]
    [InlineData("{ alert: Goes, at: 30 s }", "it did not stand")]
    [InlineData("{ alert: Tried, at: 15 s }", "nobody is told of it, as it is only tried")]
    public void Run_NothingToAcknowledge_Fails(string acknowledgement, string found)
    {
        var miss = Played.Misses(
            Rules, $"scenario: X\ngiven: {{ a: \"90 for 10 s, 110 for 10 s, 90 for 30 s\" }}\nacknowledge:\n  - {acknowledgement}\nexpect:\n  - {{ raised: Stays }}\n");
        Assert.Equal((4, found), (miss.Line, miss.Found));
        Assert.Contains("so that it can be acknowledged", miss.Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_AcknowledgedTwice_SaysThatItWas()
    {
        var miss = Played.Misses(
            Rules,
            "scenario: X\ngiven: { a: 110 for 10 s }\nacknowledge:\n  - { alert: Goes, at: 2 s }\n  - { alert: Goes, at: 3 s }\nexpect: [{ raised: Goes }]\n");
        Assert.Equal((5, "it was active (high, acknowledged)"), (miss.Line, miss.Found));
    }
}
