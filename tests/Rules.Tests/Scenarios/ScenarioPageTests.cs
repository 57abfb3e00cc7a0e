using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests.Scenarios;

/// <summary>The page about scenarios says what is so: its example is played with the shipped rules.</summary>
public class ScenarioPageTests
{
    [Fact]
    public void Page_Example_GoesAsItSays()
    {
        var page = File.ReadAllText(Repository.PathOf("docs/scenarios.md"));
        var example = page.Split("```yaml\n")[1].Split("```")[0];
        var report = ScenarioTests.Run(RuleSetLoader.Load(ShippedRules.Files).Rules!, [new RuleFile("docs/scenarios.md", example)]);
        var text = new StringWriter();
        report.Write(text);
        Assert.True(report.IsPassed, text.ToString());
        Assert.Single(report.Scenarios);
    }
}
