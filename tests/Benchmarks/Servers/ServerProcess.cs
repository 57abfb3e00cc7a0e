using System.Diagnostics;
using IoTGateway.Benchmarks.Machine;

namespace IoTGateway.Benchmarks.Servers;

/// <summary>A server that is measured, as a process of its own.</summary>
internal abstract class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    /// <summary>Starts a program; its errors go to ours.</summary>
    protected ServerProcess(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };

        // The generator's devices are in no census; the gateway's rules are to follow them all.
        start.Environment["IoTGateway__Site__UnassignedDevices"] = "100000";
        _process = Process.Start(start) ?? throw new InvalidOperationException($"{program} does not start.");
    }

    /// <summary>The port of its MQTT listener on the loopback address.</summary>
    public int Port { get; protected set; }

    /// <summary>Its process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>What it is called in the table.</summary>
    public abstract string Name { get; }

    protected StreamReader Output => _process.StandardOutput;

    protected StreamWriter Input => _process.StandardInput;

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Bytes its managed heap has handed out so far; 0 where that is not known.</summary>
    public virtual Task<long> AllocatedBytesAsync() => Task.FromResult(0L);

    /// <inheritdoc/>
    public virtual async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _ = LinuxProcess.Signal(_process.Id, LinuxProcess.Terminate);
            try
            {
                await _process.WaitForExitAsync().WaitAsync(StopTimeout);
            }
            catch (TimeoutException)
            {
                Console.Error.WriteLine($"{Name} did not end within {StopTimeout.TotalSeconds:0} s of SIGTERM and is killed.");
                await KillAsync();
            }
        }

        _process.Dispose();
    }

    /// <summary>The output's next line that holds a text.</summary>
    protected async Task<string> WaitForLineAsync(string text)
    {
        while (await Output.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new InvalidOperationException($"{Name} ended before it said '{text}'.");
    }
}
