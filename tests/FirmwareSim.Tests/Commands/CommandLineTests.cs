using IoTGateway.FirmwareSim.Commands;
using IoTGateway.FirmwareSim.Tests.Server;
using IoTGateway.Tests.Support;

namespace IoTGateway.FirmwareSim.Tests.Commands;

public sealed class CommandLineTests : IAsyncDisposable
{
    private readonly ScriptedServer _server = new();
    private readonly TemporaryDirectory _directory = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    private string Port => $"{_server.Port}";

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _directory.Dispose();
    }

    [Theory]
    [InlineData("--sped 3", "Unrecognized command or argument '--sped'")]
    [InlineData("--speed 0", "--speed must be 'max' or a number from 0.001 to 1000000, not '0'")]
    [InlineData("--speed -1", "--speed must be")]
    [InlineData("--speed 1,5", "--speed must be")]
    [InlineData("--speed NaN", "--speed must be")]
    [InlineData("--qos 0", "--qos must be a whole number from 1 to 2, not '0'")]
    [InlineData("--port 65536", "--port must be a whole number from 1 to 65535, not '65536'")]
    [InlineData("--window 0", "--window must be")]
    [InlineData("--connections x", "--connections must be")]
    [InlineData("--protocol 3.1", "--protocol must be 3.1.1 or 5, not '3.1'")]
    [InlineData("--start yesterday", "--start must be 'now' or a time")]
    [InlineData("--start 2026-11-22T20:40:00", "--start must be 'now' or a time with Z or an offset")]
    [InlineData("--device-prefix a/b", "--device-prefix must not hold")]
    [InlineData("--give-up-after 0", "--give-up-after must be a number of seconds above 0")]
    [InlineData("--host", "--host")]
    [InlineData("second.csv", "Unrecognized command or argument 'second.csv'")]
    public async Task Replay_WrongOption_OneSentenceAndExitCode2(string option, string sentence)
    {
        var code = await RunAsync(["replay", "file.csv", .. option.Split(' ')]);
        Assert.Equal(ExitCode.WrongUsage, code);
        var line = Assert.Single(Lines(_error));
        Assert.Contains(sentence, line, StringComparison.Ordinal);
        Assert.EndsWith("See: firmware-sim replay --help", line, StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
        Assert.Empty(_server.Packets);
    }

    [Theory]
    [InlineData("")]
    [InlineData("reply")]
    [InlineData("replay")]
    [InlineData("ward --beds 0")]
    [InlineData("ward --duration -3")]
    public async Task Run_WrongCommand_OneSentenceAndExitCode2(string arguments)
    {
        Assert.Equal(ExitCode.WrongUsage, await RunAsync(arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        Assert.Single(Lines(_error));
    }

    [Fact]
    public async Task Replay_FileMissing_SaysSo()
    {
        Assert.Equal(ExitCode.WrongUsage, await RunAsync("replay", "/nowhere/ward.csv"));
        Assert.Equal("There is no file /nowhere/ward.csv: give the path of a recording.", Assert.Single(Lines(_error)));
    }

    [Fact]
    public async Task Replay_Directory_SaysSo()
    {
        Assert.Equal(ExitCode.WrongUsage, await RunAsync("replay", _directory.Path));
        Assert.Contains("is a directory", Assert.Single(Lines(_error)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_BadRow_NamesTheLineAndSendsNothing()
    {
        var file = Write("time_s,patient,metric,value\n0,a,hr,1\n1,a,hr,many\n");
        Assert.Equal(ExitCode.Failed, await RunAsync("replay", file, "--port", Port));
        Assert.StartsWith($"{file}, line 3: ", Assert.Single(Lines(_error)), StringComparison.Ordinal);
        Assert.Empty(_server.Packets);
    }

    [Fact]
    public async Task Replay_Recording_SendsWithTheAskedStartAndSumsUp()
    {
        var file = Write("time_s,patient,metric,value\n0,a,hr,71\n0,a,spo2,97\n1.5,a,hr,72\n0,b,hr,60\n");
        var code = await RunAsync("replay", file, "--port", Port, "--qos", "2", "--start", "2026-11-22T20:40:00Z", "--device-prefix", "icu-");
        Assert.Equal((ExitCode.Fine, ""), (code, _error.ToString()));
        var published = _server.Of(PacketType.Publish).Where(packet => packet.Topic == "devices/icu-a/vitals").ToList();
        Assert.Equal(["""{"ts":1795380000000,"hr":71,"spo2":97}""", """{"ts":1795380001500,"hr":72}"""], published.Select(packet => packet.Payload));
        Assert.All(published, packet => Assert.Equal(2, packet.Quality));
        Assert.Contains("3 readings (4 values) of 2 patients sent, 3 acknowledged", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_NoGateway_KeepsTryingSaysSoAndGivesUpWhenTold()
    {
        _server.StopListening();
        var file = Write("time_s,patient,metric,value\n0,a,hr,71\n");
        var code = await RunAsync("replay", file, "--port", Port, "--give-up-after", "1");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains($"a has no connection to 127.0.0.1:{Port} (connection refused); trying again.", _output.ToString(), StringComparison.Ordinal);
        var line = Assert.Single(Lines(_error));
        Assert.StartsWith($"No working connection to 127.0.0.1:{Port}", line, StringComparison.Ordinal);
        Assert.EndsWith("0 of 1 readings were acknowledged.", line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_Interrupted_ExitCode1WithWhatWasDone()
    {
        using var interrupt = new CancellationTokenSource();
        var file = Write("time_s,patient,metric,value\n0,a,hr,71\n3600,a,hr,72\n");
        var running = RunUntilAsync(["replay", file, "--port", Port, "--speed", "1"], interrupt.Token);
        await _server.SawAsync("the first reading", packets => packets.Any(packet => packet.Type == PacketType.Publish));
        await interrupt.CancelAsync();
        Assert.Equal(ExitCode.Failed, await running);
        Assert.Equal("Interrupted: 1 of 2 readings were acknowledged.", Assert.Single(Lines(_error)));
        Assert.Equal(PacketType.Disconnect, _server.Packets[^1].Type);
    }

    [Fact]
    public async Task Ward_ForASecond_PublishesAndSumsUp()
    {
        var code = await RunAsync("ward", "--beds", "2", "--duration", "1", "--port", Port, "--seed", "4");
        Assert.Equal((ExitCode.Fine, ""), (code, _error.ToString()));
        Assert.Contains("2 monitors (monitor-1 to monitor-2)", _output.ToString(), StringComparison.Ordinal);
        Assert.Contains("2 readings sent, 2 acknowledged", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_Replay_NamesEveryOption()
    {
        Assert.Equal(ExitCode.Fine, await RunAsync("replay", "--help"));
        foreach (var option in new[] { "--speed", "--start", "--qos", "--host", "--port", "--device-prefix", "--window", "--connections", "--protocol", "--give-up-after" })
        {
            Assert.Contains(option, _output.ToString(), StringComparison.Ordinal);
        }
    }

    private Task<int> RunAsync(params string[] arguments) => RunUntilAsync(arguments, TestContext.Current.CancellationToken);

    private Task<int> RunUntilAsync(string[] arguments, CancellationToken cancellation) =>
        CommandLine.RunAsync(arguments, new Terminal(_output, _error, IsInteractive: false, TimeProvider.System), cancellation);

    private string Write(string text)
    {
        var file = Path.Combine(_directory.Path, "ward.csv");
        File.WriteAllText(file, text);
        return file;
    }

    private static string[] Lines(StringWriter text) => text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
