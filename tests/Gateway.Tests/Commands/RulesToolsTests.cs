using System.Text.Json;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.Commands;

/// <summary><c>rules test</c> and <c>rules backtest</c> as a user starts them.</summary>
public sealed class RulesToolsTests : IDisposable
{
    private const string Rules = "version: 1\npopulation: adults\nrules:\n  - { alert: SpO2 low, when: spo2 < 90, for: FOR, priority: medium, message: \"{spo2}\" }\n";
    private const string Scenario = "scenario: a dip\ngiven: { spo2: \"97 for 10 s, 85 for 20 s, 97 for 10 s\" }\nexpect: [{ raised: SpO2 low, at: 25 s, priority: medium, message: \"85\" }, { cleared: SpO2 low, at: 30 s }]\n";
    private const string Recorded = "time_s,patient,metric,value\n0,p1,spo2,97\n10,p1,spo2,85\n22,p1,spo2,97\n60,p1,spo2,80\n100,p1,spo2,97\n";

    private readonly TemporaryDirectory _directory = new();

    public RulesToolsTests()
    {
        Directory.CreateDirectory(_directory["new"]);
        Directory.CreateDirectory(_directory["old"]);
        File.WriteAllText(Path.Combine(_directory["new"], "10.yaml"), Rules.Replace("FOR", "15 s", StringComparison.Ordinal));
        File.WriteAllText(Path.Combine(_directory["old"], "10.yaml"), Rules.Replace("FOR", "5 s", StringComparison.Ordinal));
        File.WriteAllText(_directory["recording.csv"], Recorded);
    }

    private string Tests => Path.Combine(_directory["new"], "10.test.yaml");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task RulesTest_EverythingAsExpected_IsFine()
    {
        await File.WriteAllTextAsync(Tests, Scenario, TestContext.Current.CancellationToken);
        foreach (var arguments in new string[][] { ["--rules", _directory["new"]], [_directory["new"]], [Tests], ["--rules", _directory["new"], "--strict"] })
        {
            var (code, output) = await GatewayProcess.RunAsync(["rules", "test", .. arguments]);
            Assert.True(code == 0, output);
            Assert.Contains("1 scenario: 1 passed, 0 failed.", output, StringComparison.Ordinal);
            Assert.Contains("1 of 1 rules raised, 1 of 1 priorities reached, 1 of 1 rules cleared, 1 of 1 messages read", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task RulesTest_NotAsExpected_FailsWithTheTimeLine()
    {
        await File.WriteAllTextAsync(Tests, Scenario, TestContext.Current.CancellationToken);
        var (code, output) = await GatewayProcess.RunAsync("rules", "test", "--rules", _directory["old"], Tests);
        Assert.Equal(1, code);
        Assert.Contains("10.test.yaml:3: expected `SpO2 low` to be raised at medium at 25 s, with the message \"85\";", output, StringComparison.Ordinal);
        Assert.Contains("it was raised at 15 s", output, StringComparison.Ordinal);
        Assert.Contains("active (medium)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesTest_NotEverythingShown_FailsOnlyIfStrict()
    {
        await File.WriteAllTextAsync(Tests, "scenario: calm\ngiven: { spo2: 97 for 10 s }\nexpect: [{ never: SpO2 low }]\n", TestContext.Current.CancellationToken);
        var (code, output) = await GatewayProcess.RunAsync("rules", "test", "--rules", _directory["new"]);
        Assert.True(code == 0, output);
        Assert.Contains("not raised: SpO2 low", output, StringComparison.Ordinal);
        (code, _) = await GatewayProcess.RunAsync("rules", "test", "--rules", _directory["new"], "--strict");
        Assert.Equal(1, code);
    }

    [Fact]
    public async Task RulesTest_BadScenario_NamesFileLineAndColumn()
    {
        await File.WriteAllTextAsync(Tests, Scenario.Replace("20 s", "20", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (code, output) = await GatewayProcess.RunAsync("rules", "test", "--rules", _directory["new"], "--format", "json");
        Assert.Equal(1, code);
        var diagnostic = JsonDocument.Parse(output).RootElement.GetProperty("diagnostics")[0];
        Assert.Equal((2, "R021"), (diagnostic.GetProperty("line").GetInt32(), diagnostic.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task RulesTest_NoScenario_SaysSo()
    {
        var (code, output) = await GatewayProcess.RunAsync("rules", "test", "--rules", _directory["new"]);
        Assert.Equal(1, code);
        Assert.Contains("There is no scenario file (*.test.yaml)", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesCheck_BadScenarioBesideTheRules_NamesTheMistakeAndFails()
    {
        await File.WriteAllTextAsync(Tests, Scenario.Replace("cleared", "ended", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        var (code, output) = await GatewayProcess.RunAsync("rules", "check", _directory["new"]);
        Assert.Equal(1, code);
        Assert.Contains("10.test.yaml:3:75: error R113", output, StringComparison.Ordinal);
        Assert.Contains("did you mean `cleared`?", output, StringComparison.Ordinal);
        Assert.Contains("1 error in the scenario files: these scenarios would not be played.", output, StringComparison.Ordinal);

        (code, output) = await GatewayProcess.RunAsync("rules", "test", _directory["new"]);
        Assert.Equal(1, code);
        Assert.Contains("1 scenario: 0 passed, 0 failed, 1 could not be played.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesCheck_Warnings_AreCounted()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory["new"], "20.yaml"), "version: 1\nrules:\n  - { alert: HR high, when: hr > 500, priority: medium, message: x }\n", TestContext.Current.CancellationToken);
        var (code, output) = await GatewayProcess.RunAsync("rules", "check", _directory["new"]);
        Assert.True(code == 0, output);
        Assert.Contains("2 rules in 2 files: no errors, 2 warnings.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesCheck_ScenarioBesideTheRules_IsNoRuleFile()
    {
        await File.WriteAllTextAsync(Tests, Scenario, TestContext.Current.CancellationToken);
        var (code, output) = await GatewayProcess.RunAsync("rules", "check", _directory["new"]);
        Assert.True(code == 0, output);
        Assert.Contains("1 rule in 1 file: no errors.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesBacktest_Against_TellsTheDifferencesAndWritesTheReport()
    {
        var (code, output) = await GatewayProcess.RunAsync(
            "rules", "backtest", _directory["recording.csv"], "--rules", _directory["new"], "--against", _directory["old"], "--html", _directory["report.html"]);
        Assert.True(code == 0, output);
        Assert.Contains("Raised in all: OLD 2, NEW 1 (-50 %)", output, StringComparison.Ordinal);
        Assert.Contains("only OLD raises (medium, for 7 s)", output, StringComparison.Ordinal);
        Assert.Contains("NEW raises 10 s later", output, StringComparison.Ordinal);
        Assert.Contains("SpO2 low", await File.ReadAllTextAsync(_directory["report.html"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesBacktest_FromAndTo_TakesOnlyThatPart()
    {
        var (code, output) = await GatewayProcess.RunAsync(
            "rules", "backtest", _directory["recording.csv"], "--rules", _directory["new"], "--from", "50", "--to", "1970-01-01T00:01:30Z", "--format", "csv");
        Assert.True(code == 0, output);
        Assert.Contains("1 patients, 0 patient-days, 1 readings", output, StringComparison.Ordinal);
        Assert.Contains("60,p1,SpO2 low,pending,80", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Name a recording")]
    [InlineData(2, "not both", "x.csv", "--store", "y")]
    [InlineData(1, "'yesterday' is no time", "x.csv", "--from", "yesterday")]
    [InlineData(1, "'2026-11-22T20:00:00' is no time", "x.csv", "--from", "2026-11-22T20:00:00")]
    [InlineData(1, "There is no built-in store in", "--store", "nowhere")]
    [InlineData(1, "nowhere.csv cannot be read", "nowhere.csv")]
    public async Task RulesBacktest_WrongUse_SaysWhatIsWrong(int expectedCode, string expected, params string[] arguments)
    {
        var (code, output) = await GatewayProcess.RunAsync(["rules", "backtest", "--rules", _directory["new"], .. arguments]);
        Assert.Equal(expectedCode, code);
        Assert.Contains(expected, output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
