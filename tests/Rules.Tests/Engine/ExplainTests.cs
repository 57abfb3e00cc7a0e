using System.Text;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Engine;

public class ExplainTests
{
    [Fact]
    public void Explain_LimitOfTheWard_NamesItsOrigin()
    {
        var rules = new RuleSetBuilder()
            .Limit("low", 90, 80, 94)
            .Override(OverrideScope.Ward, ["ICU"], "low", 88)
            .Rule(new RuleText("X", (AlertPriority.Medium, "a < limit low", 15), (AlertPriority.High, "a < 80", 3)) { ClearWhen = "a >= limit low + 2", ClearAfter = 10 })
            .Build();
        var ward = new TestWard(rules).Read(0, ("a", 86)).Tick(5);
        var explanation = ward.Engine.Explain("p1", "x")!;
        Assert.Equal((AlertState.Pending, AlertPriority.Medium, TestWard.At(5)), (explanation.State, explanation.Priority, explanation.At));
        Assert.Equal((TestWard.At(0), TestWard.At(15)), (explanation.Since, explanation.Due));
        Assert.Equal(
            """
            high: a < 80 for 3 s = false
              a < 80 = false
                a = 86 % (5 s old)
                80 = 80
            medium: a < limit low for 15 s = true (since 1970-01-01T00:00:00.000Z)
              a < limit low = true
                a = 86 % (5 s old)
                limit low = 88 (test.yaml:2, for ward ICU)
            clear: a >= limit low + 2 for 10 s = false
              a >= limit low + 2 = false
                a = 86 % (5 s old)
                limit low + 2 = 90
                  limit low = 88 (test.yaml:2, for ward ICU)
                  2 = 2

            """,
            Text(explanation));
    }

    [Fact]
    public void Explain_LimitSetForThePatient_NamesWhoSetIt()
    {
        var rules = new RuleSetBuilder().Limit("low", 90, 80, 94).Rule("X", "a < limit low").Build();
        var profile = new PatientProfile("p1", "ICU", [], []) { Limits = [new PatientLimit("low", 85, "Dr. A, 12:00")] };
        var ward = new TestWard(rules, profile).Read(0, ("a", 86));
        Assert.Contains("limit low = 85 (Dr. A, 12:00)", Text(ward.Engine.Explain("p1", "X")!), StringComparison.Ordinal);
    }

    [Fact]
    public void Explain_ScoresWindowsAndAlerts_TellsWhatEachIs()
    {
        var rules = new RuleSetBuilder()
            .Score("p", 1, null, ("a <= 91", 3), ("a >= 92", 0))
            .Score("p2", 1, null, ("a <= 83", 3), ("a >= 84", 0))
            .Score("q", 0.1, null, ("c <= 35", 3), ("c > 35", 0))
            .Sum("total", "p", "q")
            .Use(OverrideScope.Tag, ["t"], "p", "p2")
            .Rule("First", "a > 50")
            .Rule(new RuleText("X", "total >= 3 or average(a, 60 s) < 80 or alert \"First\" is not active") { SuppressedBy = ["First"] })
            .Build();
        var ward = new TestWard(rules, new PatientProfile("p1", "ICU", ["t"], [])).Read(0, ("a", 83)).Tick(90);
        var text = Text(ward.Engine.Explain("p1", "X")!);
        Assert.Contains("total = 0 to 6 (test.yaml:10)", text, StringComparison.Ordinal);
        Assert.Contains("p = 0 to 3 (p2 in its place, test.yaml:11)", text, StringComparison.Ordinal);
        Assert.Contains("a = unknown (1 min 30 s old, out of date)", text, StringComparison.Ordinal);
        Assert.Contains("c = unknown (never measured)", text, StringComparison.Ordinal);
        Assert.Contains("average(a, 60 s) = unknown", text, StringComparison.Ordinal);
        Assert.Contains("alert \"First\" is not active = false (active, unverified)", text, StringComparison.Ordinal);
        Assert.Equal(["unverified: it rests on questionable values, or on data that is not there any more", "suppressed by First"], ward.Engine.Explain("p1", "X")!.Notes);
    }

    [Fact]
    public void Explain_NotForThePatient_SaysSo()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule(new RuleText("X", "a > 100") { OnlyIn = new Applicability(["Home"], [], []) }).Build()).Read(0, ("a", 110));
        var explanation = ward.Engine.Explain("p1", "X")!;
        Assert.Equal((AlertState.Unknown, null, null), (explanation.State, explanation.Since, explanation.Due));
        Assert.Equal(["not for this patient (`only in`)"], explanation.Notes);
    }

    [Fact]
    public void ExplainValue_SumOfScores_TellsPartsAndRows()
    {
        var rules = TestRules.Load("""
            version: 1
            population: adults
            derive:
              a_points: { score: { a: { "<= 50": 3, "> 50": 0 } } }
              v_points: { score: { v: { is A: 0, is not A: 3 } } }
              total: { add: [a_points, v_points] }
            rules: [{ alert: X, when: total >= 3, priority: low, message: x }]
            """);
        var ward = new TestWard(rules).Read(0, ("a", 40));
        var total = ward.Engine.ExplainValue("p1", "total")!;
        Assert.Equal(("total", "3 to 6"), (total.Text, total.Value));
        Assert.Equal(["3", "0 to 3"], total.Parts.Select(part => part.Value));
        Assert.Contains(total.Parts[0].Parts, row => row is { Text: "(a <= 50): 3", Value: "true" });
        Assert.Equal("40 %", ward.Engine.ExplainValue("p1", "a")!.Value);
        Assert.Equal("unknown", ward.Engine.ExplainValue("p1", "v")!.Value);
    }

    [Fact]
    public void Explain_UnknownPatientOrAlert_IsNull()
    {
        var ward = new TestWard(new RuleSetBuilder().Rule("X", "a > 100").Build());
        Assert.Null(ward.Engine.Explain("p2", "X"));
        Assert.Null(ward.Engine.ExplainValue("p2", "a"));
        Assert.Null(ward.Engine.ExplainValue("p1", "aa"));
        Assert.Null(ward.Engine.Explain("p1", "Y"));
    }

    private static string Text(Explanation explanation)
    {
        var text = new StringBuilder();
        foreach (var condition in explanation.Conditions)
        {
            Append(text, condition, 0);
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ExplanationNode node, int depth)
    {
        text.Append(' ', depth * 2).Append(node.Text).Append(" = ").Append(node.Value).Append(node.Origin.Length > 0 ? $" ({node.Origin})" : "").Append('\n');
        foreach (var part in node.Parts)
        {
            Append(text, part, depth + 1);
        }
    }
}
