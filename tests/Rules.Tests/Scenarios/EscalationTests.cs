using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>Who is told in a scenario, and with which words: escalation, <c>told</c>, <c>message</c>, <c>kind</c>.</summary>
public class EscalationTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - alert: A high
            levels: { medium: { when: a > 100 }, high: { when: a > 150 } }
            escalate:
              - { not acknowledged in: 20 s, notify: charge nurse }
              - { not acknowledged in: 50 s, notify: physician }
            suppressed by: B high
            message: "A {a}"
          - { alert: B high, when: b > 100, priority: high, message: "B {b}" }
          - alert: Tried
            when: a > 100
            shadow: true
            priority: low
            escalate: [{ not acknowledged in: 20 s, notify: charge nurse }]
            message: "tried {a}"
          - alert: Stays
            when: v is P
            latch: true
            priority: low
            escalate: [{ not acknowledged in: 20 s, notify: charge nurse }]
            message: "{v}"
          - { alert: A not measured, kind: technical, when: a is missing, priority: low, message: "gone" }
        """);

    [Fact]
    public void Run_NobodyAcknowledges_EachStageIsReachedInTime() => Played.Passes(Rules, """
        scenario: nobody comes
        given: { a: "90 for 10 s, 110 for 2 min" }
        expect:
          - { escalated: A high, to: charge nurse, at: 30 s }
          - { escalated: A high, to: physician, at: 1 min }
          - { escalated: A high, to: physician, within: 1 min }
        """);

    [Fact]
    public void Run_AcknowledgedLater_OnlyTheStagesBeforeAreReached()
    {
        const string Story = "scenario: X\ngiven: { a: \"90 for 10 s, 110 for 2 min\" }\nacknowledge: [{ alert: A high, at: 31 s }]\nexpect:\n  - ";
        Played.Passes(Rules, Story + "{ escalated: A high, to: charge nurse, at: 30 s }\n");
        Assert.Equal("it was never escalated; it was acknowledged at 31 s", Played.Misses(Rules, Story + "{ escalated: A high, to: physician }\n").Found);
    }

    [Theory]
    [InlineData(29_999, false)]
    [InlineData(30_000, false)]
    [InlineData(30_001, true)]
    public void Run_AcknowledgedAtTheVeryMoment_IsInTime(int acknowledged, bool escalated)
    {
        var report = Played.Report(
            Rules,
            $"scenario: X\ngiven: {{ a: \"90 for 10 s, 110 for 2 min\" }}\nacknowledge: [{{ alert: A high, at: {acknowledged} ms }}]\nexpect: [{{ escalated: A high, to: charge nurse, at: 30 s }}]\n");
        Assert.Equal(escalated, report.IsPassed);
    }

    [Fact]
    public void Run_EndsBefore_IsNotEscalated() => Assert.Equal(
        "it was never escalated; it was raised at 10 s",
        Played.Misses(Rules, "scenario: X\ngiven: { a: \"90 for 10 s, 110 for 20 s, 90 for 1 min\" }\nexpect: [{ escalated: A high, to: charge nurse }]\n").Found);

    [Fact]
    public void Run_HeldBack_CountsFromTheMomentItIsTold() => Played.Passes(Rules, """
        scenario: told late
        given: { a: "90 for 10 s, 110 for 2 min", b: "110 for 40 s, 90 for 90 s" }
        expect:
          - { active: A high, at: 39 s, told: false, suppressed: true }
          - { active: A high, at: 40 s, told: true }
          - { escalated: A high, to: charge nurse, at: 1 min }
          - { escalated: A high, to: physician, at: 90 s }
        """);

    [Fact]
    public void Run_PriorityRises_CountsOnUnlessItWasAcknowledged() => Played.Passes(Rules, """
        scenarios:
          - scenario: nobody came before
            given: { a: "90 for 10 s, 110 for 10 s, 160 for 2 min" }
            expect: [{ escalated: A high, to: charge nurse, at: 30 s }]
          - scenario: somebody came before
            given: { a: "90 for 10 s, 110 for 10 s, 160 for 2 min" }
            acknowledge: [{ alert: A high, at: 15 s }]
            expect: [{ escalated: A high, to: charge nurse, at: 40 s }]
        """);

    [Fact]
    public void Run_LatchedAndUnseen_GoesOnToCall() => Played.Passes(Rules, """
        scenario: over, and nobody has seen it
        given: { v: "P for 5 s, A for 1 min", every: 5 s }
        expect: [{ latched: Stays, at: 5 s }, { escalated: Stays, to: charge nurse, at: 20 s }]
        """);

    [Theory]
    [InlineData("{ escalated: Tried, to: charge nurse }", "it was never escalated; nobody was told of it")]
    [InlineData("{ escalated: A high, to: charge nurse, at: 31 s }", "it was escalated at 30 s")]
    [InlineData("{ raised: Tried, at: 10 s, told: true }", "it was raised at 10 s, but active (low, only tried), and nobody was told")]
    [InlineData("{ raised: A high, at: 10 s, told: false }", "it was raised at 10 s, but active (medium), and people were told")]
    [InlineData("{ raised: A high, at: 10 s, message: A 111 }", "it was raised at 10 s, but active (medium), with the message \"A 110\"")]
    [InlineData("{ active: A high, at: 15 s, message: A 11 }", "it was active (medium), with the message \"A 110\" at 15 s")]
    [InlineData("{ raised: A high, at: 10 s, kind: technical }", "it was raised at 10 s, but active (medium), of the kind physiological")]
    public void Run_NotAsExpected_SaysWhatHappenedInstead(string expectation, string found) => Assert.Equal(
        found, Played.Misses(Rules, $"scenario: X\ngiven: {{ a: \"90 for 10 s, 110 for 2 min\" }}\nexpect: [{expectation}]\n").Found);

    [Fact]
    public void Run_MarksThatFit_AreMet() => Played.Passes(Rules, """
        scenario: what people read
        given: { a: "90 for 10 s, 110 for 10 s, missing for 2 min" }
        expect:
          - { raised: A high, at: 10 s, told: true, kind: physiological, message: "A 110" }
          - { raised: Tried, at: 10 s, told: false, message: tried 110 }
          - { raised: A not measured, at: 79 s, kind: technical, message: gone }
        """);
}
