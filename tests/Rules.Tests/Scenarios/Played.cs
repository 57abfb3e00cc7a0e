namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>Plays single scenarios of tests.</summary>
internal static class Played
{
    /// <summary>Plays one scenario file.</summary>
    public static ScenarioReport Report(RuleSet rules, string scenario) => ScenarioTests.Run(rules, [new RuleFile("x.test.yaml", scenario)]);

    /// <summary>The report as people read it.</summary>
    public static string Text(ScenarioReport report)
    {
        var output = new StringWriter { NewLine = "\n" };
        report.Write(output);
        return output.ToString();
    }

    /// <summary>Every expectation has to be met.</summary>
    public static void Passes(RuleSet rules, string scenario)
    {
        var report = Report(rules, scenario);
        Assert.True(report.IsPassed, Text(report));
    }

    /// <summary>The only expectation that is not met.</summary>
    public static ScenarioMiss Misses(RuleSet rules, string scenario) => Assert.Single(Assert.Single(Report(rules, scenario).Scenarios).Misses);
}
