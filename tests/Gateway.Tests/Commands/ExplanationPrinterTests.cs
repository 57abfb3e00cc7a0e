using IoTGateway.Commands.RuleTools;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Gateway.Tests.Commands;

public class ExplanationPrinterTests
{
    private static readonly Instant Time = Instant.From(new DateTimeOffset(2026, 11, 22, 20, 40, 5, TimeSpan.Zero));

    [Fact]
    public void Print_AlertWithLevels_ShowsTheTreeOfEachCondition()
    {
        var rule = new AlertRule
        {
            Index = 0,
            Name = "SpO2 low",
            Slug = "spo2-low",
            Priority = AlertPriority.High,
            Kind = AlertKind.Physiological,
            Levels = [new AlertLevel(AlertPriority.Medium, "spo2 < limit spo2_low", TimeSpan.FromSeconds(15)), new AlertLevel(AlertPriority.High, "spo2 < 80", TimeSpan.FromSeconds(3))],
            File = "rules/10-adult.yaml",
            Line = 31,
        };
        var spo2 = Leaf("spo2", "86 %", "2 s old");
        var limit = Leaf("limit spo2_low", "88 %", "tag spo2-scale-2, rules/10-adult.yaml:24");
        var explanation = new Explanation(
            rule, AlertState.Active, AlertPriority.Medium, Time, Time - TimeSpan.FromSeconds(65), null, ["unverified: rests on a questionable value"],
            [
                new ExplanationNode("high: spo2 < 80 for 3 s", "false", "", [spo2]),
                new ExplanationNode("medium: spo2 < limit spo2_low for 15 s", "true", "", [spo2, limit]),
                new ExplanationNode("spo2 >= limit spo2_low + 2", "false", "", [spo2, new ExplanationNode("limit spo2_low + 2", "90 %", "", [limit])]),
            ]);
        AssertPrinted(
            """
            SpO2 low: active (medium), since 2026-11-22 20:39:00Z
              as of 2026-11-22 20:40:05Z
              unverified: rests on a questionable value
              the rule: rules/10-adult.yaml:31

            high: spo2 < 80 for 3 s                 false
            `-spo2                                  86 %   2 s old
            medium: spo2 < limit spo2_low for 15 s  true
            |-spo2                                  86 %   2 s old
            `-limit spo2_low                        88 %   tag spo2-scale-2,
                                                           rules/10-adult.yaml:24
            clear when: spo2 >= limit spo2_low + 2  false
            |-spo2                                  86 %   2 s old
            `-limit spo2_low + 2                    90 %
              `-limit spo2_low                      88 %   tag spo2-scale-2,
                                                           rules/10-adult.yaml:24

            """,
            explanation);
    }

    [Fact]
    public void Print_NotRaised_SaysSoWithTheNotes()
    {
        var explanation = new Explanation(
            Rule("NEWS2 urgent"), AlertState.Unknown, AlertPriority.Medium, Time, null, null, ["not for this patient: only in population adults"],
            [new ExplanationNode("news2 >= 5", "unknown", "", [Leaf("news2", ">= 3", "incomplete: temp is 6 h old")])]);
        AssertPrinted(
            """
            NEWS2 urgent: not raised
              as of 2026-11-22 20:40:05Z
              not for this patient: only in population adults

            news2 >= 5  unknown
            `-news2     >= 3     incomplete: temp is 6 h old

            """,
            explanation);
    }

    [Theory]
    [InlineData(AlertState.Pending, "becomes active at 20:40:15, if nothing else changes")]
    [InlineData(AlertState.Clearing, "ends at 20:40:15, if nothing else changes")]
    public void Print_TimeAloneWillChangeIt_SaysWhen(AlertState state, string expected)
    {
        var explanation = new Explanation(Rule("X"), state, AlertPriority.High, Time, Time, Time + TimeSpan.FromSeconds(10), [], []);
        Assert.Contains(expected, ExplanationPrinter.Print(explanation, time => time.ToDateTimeOffset().ToString("HH:mm:ss")), StringComparison.Ordinal);
    }

    [Fact]
    public void Print_LongTexts_StayWithin80Columns()
    {
        var deep = Leaf("at least 2 of (hr > limit hr_high, rr > limit rr_high, map_calc < limit map_low)", "unknown", "rules/a-directory-with-a-long-name/another-one/10-adult.yaml:1234");
        for (var depth = 0; depth < 12; depth++)
        {
            deep = new ExplanationNode("(hr > limit hr_high and spo2 < limit spo2_low) or temp > limit temp_high", "unknown", "", [deep, Leaf("hr", "1234567890.5 mmHg", "questionable, 12 min old")]);
        }

        var explanation = new Explanation(
            Rule("Two of three circulatory signs, and a name that is as long as a name may be"), AlertState.Active, AlertPriority.Low, Time, Time, null,
            ["suppressed by NEWS2 emergency, which stands since 2026-11-22 20:00:00Z and is not acknowledged"], [deep]);
        var lines = ExplanationPrinter.Print(explanation).Split('\n');
        Assert.All(lines, line => Assert.True(line.Length <= 80, $"{line.Length}: {line}"));
        Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        Assert.Contains(lines, line => line.EndsWith("yaml:1234", StringComparison.Ordinal));
    }

    private static AlertRule Rule(string name) =>
        new() { Index = 0, Name = name, Slug = "x", Priority = AlertPriority.Medium, Kind = AlertKind.Physiological };

    private static ExplanationNode Leaf(string text, string value, string origin) => new(text, value, origin, []);

    private static void AssertPrinted(string expected, Explanation explanation) => Assert.Equal(expected.ReplaceLineEndings("\n"), ExplanationPrinter.Print(explanation));
}
