using System.Net;
using System.Net.Sockets;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Run_MqttPortTaken_SaysWhichAndHowToChooseAnother()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;

        var (code, output) = await GatewayProcess.RunAsync("run", "--data", _directory.Path, "--mqtt", address, "--http", "127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains($"{address} is in use", output, StringComparison.Ordinal);
        Assert.Contains("--mqtt", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Fact]
    public async Task Run_HttpPortTaken_SaysWhich()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;

        var (code, output) = await GatewayProcess.RunAsync("run", "--data", _directory.Path, "--mqtt", "127.0.0.1:0", "--http", address);

        Assert.Equal(1, code);
        Assert.Contains($"{address} is in use", output, StringComparison.Ordinal);
        Assert.Contains("--http", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Theory]
    [InlineData("run")]
    [InlineData("demo")]
    public async Task Run_DataDirectoryCannotBeMade_SaysWhichDirectory(string command)
    {
        // A file where the directory should be: not even root can write there.
        await File.WriteAllTextAsync(_directory["file"], "", Cancellation);
        var data = Path.Combine(_directory["file"], "data");

        var (code, output) = await GatewayProcess.RunAsync(command, "--data", data, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains(data, output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Fact]
    public async Task Run_WrongOption_IsWrongUsage()
    {
        var (code, output) = await GatewayProcess.RunAsync("run", "--dada", "x");

        Assert.Equal(2, code);
        Assert.Contains("--dada", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Theory]
    [InlineData("--mqtt", "127.0.0.1:99999")]
    [InlineData("--mqtt", "127.0.0.1")]
    [InlineData("--http", "localhost:8080")]
    public async Task Run_NoAddress_IsWrongUsage(string option, string address)
    {
        var (code, output) = await GatewayProcess.RunAsync("run", option, address);

        Assert.Equal(2, code);
        Assert.Contains($"{option} '{address}' is not an IP address and a port from 0 to 65535", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Fact]
    public async Task Run_SeveralSettingsWrong_TellsAllAtOnce()
    {
        await File.WriteAllTextAsync(
            _directory["settings.json"],
            """{ "Mqtt": { "Listen": "0.0.0.0:1883" }, "Queue": { "MaxTopics": 0, "RetentionHour": 3 }, "Site": { "TimeZone": "Mars/Olympus" } }""",
            Cancellation);

        var (code, output) = await GatewayProcess.RunAsync("run", "--config", _directory["settings.json"]);

        Assert.Equal(1, code);
        Assert.Contains("Mqtt:Listen '0.0.0.0:1883'", output, StringComparison.Ordinal);
        Assert.Contains("Queue:MaxTopics is 0", output, StringComparison.Ordinal);
        Assert.Contains("'Queue:RetentionHour'", output, StringComparison.Ordinal);
        Assert.Contains("Mars/Olympus", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Fact]
    public async Task Run_SecondGatewayOnTheSameData_IsRefused()
    {
        using var first = await GatewayProcess.StartAsync("run", _directory["data"], 0, Cancellation);
        var (code, output) = await GatewayProcess.RunAsync("run", "--data", _directory["data"], "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0");

        Assert.Equal(1, code);
        Assert.Contains("Another gateway", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    [Fact]
    public async Task RulesCheck_BadFile_NamesFileLineAndColumn()
    {
        await File.WriteAllTextAsync(
            _directory["bad.yaml"],
            "version: 1\nrules:\n  - alert: SpO2 low\n    when: spo < 90\n    priority: medium\n    message: \"low\"\n",
            Cancellation);

        var (code, output) = await GatewayProcess.RunAsync("rules", "check", _directory["bad.yaml"]);

        Assert.Equal(1, code);
        Assert.Contains("bad.yaml:4:11: error", output, StringComparison.Ordinal);
        Assert.Contains("did you mean `spo2`", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RulesCheck_ShippedRules_HaveNoErrors()
    {
        var (code, output) = await GatewayProcess.RunAsync("rules", "check");
        Assert.True(code == 0, output);
        Assert.Contains("no errors", output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^State: [0-9],[0-9]{3} bytes for each patient\.\r?$", output);
    }

    [Fact]
    public async Task RulesBacktest_Recording_PrintsTransitions()
    {
        var (code, output) = await GatewayProcess.RunAsync("rules", "backtest", Repository.PathOf("tests/data/vitals/mimic_1p024s_hour.csv"), "--format", "csv");

        Assert.True(code == 0, output);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        Assert.Equal("time,patient,alert,transition,value", lines[0]);
        Assert.Contains(lines, line => line.Contains(",mimic1-beacon,", StringComparison.Ordinal) && line.Contains(",active,", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("queue", "list")]
    [InlineData("queue", "dump")]
    public async Task Queue_NoData_SaysSo(params string[] command)
    {
        var (code, output) = await GatewayProcess.RunAsync([.. command, "--data", _directory["nothing"]]);
        Assert.Equal(1, code);
        Assert.Contains("There is no gateway data in", output, StringComparison.Ordinal);
        AssertNoStackTrace(output);
    }

    private static void AssertNoStackTrace(string output) => Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
}
