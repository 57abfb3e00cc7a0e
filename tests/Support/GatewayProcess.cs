using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Xunit;

namespace IoTGateway.Tests.Support;

/// <summary>The gateway as a process of its own, as a user starts it, on free ports.</summary>
public sealed partial class GatewayProcess : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private bool _disposed;

    private GatewayProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>The program, beside the tests.</summary>
    public static string Executable { get; } = Path.Combine(AppContext.BaseDirectory, "iotgateway");

    /// <summary>Where devices connect.</summary>
    public int MqttPort { get; private set; }

    /// <summary>Where the board is.</summary>
    public Uri Board { get; private set; } = new("http://127.0.0.1/");

    /// <summary>What it has printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Its memory as the system counts it. Bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>The processor time it has used so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The exit code, once it has ended.</summary>
    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a command whose ports are free ones, and waits until it says where it listens.</summary>
    public static Task<GatewayProcess> StartAsync(string command, string data, int mqttPort, CancellationToken cancellation, params string[] more) =>
        StartAsync(command, data, mqttPort, httpPort: 0, cancellation, more);

    /// <summary>Starts a command on these ports, 0 for free ones, and waits until it says where it listens.</summary>
    public static async Task<GatewayProcess> StartAsync(
        string command, string data, int mqttPort, int httpPort, CancellationToken cancellation, params string[] more)
    {
        var gateway = Launch([command, "--data", data, "--mqtt", $"127.0.0.1:{mqttPort}", "--http", $"127.0.0.1:{httpPort}", .. more]);
        try
        {
            await Eventually.HoldsAsync(
                $"the gateway listens; it said: {gateway.Output}", Deadline, () => gateway.FindAddresses() || gateway._process.HasExited, cancellation);
            Assert.False(gateway._process.HasExited, $"The gateway ended at its start: {gateway.Output}");
            return gateway;
        }
        catch
        {
            gateway.Dispose();
            throw;
        }
    }

    /// <summary>Starts any command.</summary>
    public static GatewayProcess Launch(IReadOnlyList<string> arguments, string? wrapper = null, params string[] wrapperArguments)
    {
        var start = new ProcessStartInfo(wrapper ?? Executable) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in wrapper is null ? arguments : [.. wrapperArguments, Executable, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        return new GatewayProcess(start);
    }

    /// <summary>Runs a command to its end; returns the exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Launch(arguments);
        await process.WaitForExitAsync(Deadline, TestContext.Current.CancellationToken);
        return (process.ExitCode, process.Output);
    }

    /// <summary>Runs a command to its end and returns the lines it prints, one after another; fails if its exit code is not 0. For long outputs.</summary>
    public static async IAsyncEnumerable<string> LinesAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            yield return line;
        }

        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
    }

    /// <summary>Waits for "board is at" and reads the addresses of a process started by <see cref="Launch"/>.</summary>
    public Task WaitUntilListeningAsync(CancellationToken cancellation) =>
        Eventually.HoldsAsync("the gateway listens", Deadline, FindAddresses, cancellation);

    /// <summary>SIGKILL: no chance to do anything.</summary>
    public async Task KillAsync(CancellationToken cancellation)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellation);
    }

    /// <summary>Ctrl-C.</summary>
    public void Interrupt() => Signals.Interrupt(_process);

    /// <summary>SIGTERM, as a service manager stops it.</summary>
    public void Terminate() => Signals.Terminate(_process);

    /// <summary>Waits until it has ended; fails after the deadline.</summary>
    public async Task WaitForExitAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).WaitAsync(deadline, cancellation);
        _process.WaitForExit();
    }

    /// <summary>Depth of each consumer, by /api/queues.</summary>
    public async Task<IReadOnlyDictionary<string, long>> DepthsAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = Board };
        using var answer = JsonDocument.Parse(await http.GetStringAsync("api/queues", cancellation));
        return answer.RootElement.GetProperty("consumers").EnumerateArray()
            .ToDictionary(consumer => consumer.GetProperty("name").GetString()!, consumer => consumer.GetProperty("depth").GetInt64());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, true))
        {
            return;
        }

        if (!_process.HasExited)
        {
            // A tracer's child outlives it otherwise, and holds its output open.
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private bool FindAddresses()
    {
        var output = Output;
        if (MqttLine().Match(output) is not { Success: true } mqtt || BoardLine().Match(output) is not { Success: true } board)
        {
            return false;
        }

        MqttPort = int.Parse(mqtt.Groups[1].Value, CultureInfo.InvariantCulture);
        Board = new Uri(board.Groups[1].Value);
        return true;
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }

    // Only what "run" and "demo" say of themselves: the log names other addresses too, for example that of a database.
    [GeneratedRegex(@"(?:Devices connect to|MQTT) +127\.0\.0\.1:(\d+)\s")]
    private static partial Regex MqttLine();

    [GeneratedRegex(@"(?:board is at|Ward board) +(http://127\.0\.0\.1:\d+/)")]
    private static partial Regex BoardLine();
}
