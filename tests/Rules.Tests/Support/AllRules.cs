using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>One rule set with everything the language has, over the test signals, for random courses.</summary>
internal static class AllRules
{
    public static RuleSet Build(double low = 50) => new RuleSetBuilder()
        .Limit("low", low, 40, 60)
        .Limit("high", 100, 90, 120)
        .Override(OverrideScope.Tag, ["t"], "high", 105)
        .Override(OverrideScope.Ward, ["HDU"], "low", 55)
        .Derive("both", "a + b", 30)
        .Derive("dip", "average(a, 60 s) - a")
        .Score("a_points", 1, 20, ("a <= 49", 3), ("a between 50 and 90", 1), ("a >= 91", 0))
        .Score("a_other", 0.5, null, ("a <= 48.5", 2), ("a > 48.5", 0))
        .Score("b_points", 10, null, ("b <= 50", 2), ("b between 60 and 100", 0), ("b >= 110 and o is on", 3), ("b >= 110", 1))
        .Score("v_points", null, null, ("v is A", 0), ("v is not A", 3))
        .Sum("total", "a_points", "b_points", "v_points")
        .Use(OverrideScope.Tag, ["t"], "a_points", "a_other")
        .Rule(new RuleText("Levels", (AlertPriority.Low, "a < limit low + 40", 10), (AlertPriority.Medium, "a < limit low", 5), (AlertPriority.High, "a < 40 or c > 200", 0))
        {
            ClearWhen = "a >= limit low + 42 and c <= 190", ClearAfter = 4, Message = ["A ", "=a", ", ", "=age a", ", ", "=both"],
        })
        .Rule(new RuleText("High", "a > limit high") { ClearWhen = "a <= 95", SuppressedBy = ["Emergency", "Levels"] })
        .Rule(new RuleText("Emergency", "total >= 5") { ClearWhen = "total <= 4", ClearAfter = 3, Message = ["=total"] })
        .Rule("Low score", "total <= 2", 8)
        .Rule(new RuleText("On average", "average(b, 30 s) > 120", 3) { ClearWhen = "average(b, 30 s) <= 110", Message = ["=average(b, 30 s)", "=count(b, 30 s)"] })
        .Rule(new RuleText("Climbs", "rise(a, 60 s) >= 30 and a > 60", 6) { ClearWhen = "a < 60" })
        .Rule("Falls", "fall(b, 60 s) > 50 or lowest(b, 60 s) < 20 and highest(b, 60 s) > 200")
        .Rule("Many", "count(a, 30 s) >= 4")
        .Rule("Some", "at least 2 of (a > 90, b > 100, c > 150, not d < 50)", 2)
        .Rule("Asks", "alert \"Levels\" is active and alert \"Some\" is not active", 1)
        .Rule("Sum", "both between 150 and 220", 4)
        .Rule("Arithmetic", "2 * a - b > 60 or a / (a - 50) > 20")
        .Rule("Two signals", "a > b", 5)
        .Rule("Dip", "dip > 20")
        .Rule("Letters", "v is not A and o is on", 10)
        .Rule("Missing", "a is missing or b is missing", 20)
        .Rule(new RuleText("Nothing", "a is no value", 5) { OnlyIn = new Applicability([], ["t"], []) })
        .Build();
}
