using System.Diagnostics;
using System.Text;
using Xunit;

namespace IoTGateway.Tests.Support;

/// <summary>Another program beside the gateway: its output is kept, and it is ended with the test.</summary>
public sealed class OutsideProcess : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    /// <summary>Starts a program.</summary>
    public OutsideProcess(string program, params string[] arguments)
    {
        _process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

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

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Runs a program to its end and fails with what it printed if its exit code is not 0.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = new OutsideProcess(program, arguments);
        await process.WaitForSuccessAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
    }

    /// <summary>Asks it to end, with SIGTERM.</summary>
    public void Terminate() => Signals.Terminate(_process);

    /// <summary>Waits until it has ended, and fails if its exit code is not 0.</summary>
    public async Task WaitForSuccessAsync(TimeSpan deadline, CancellationToken cancellation)
    {
        await _process.WaitForExitAsync(cancellation).WaitAsync(deadline, cancellation);
        _process.WaitForExit();
        Assert.True(_process.ExitCode == 0, $"exit code {_process.ExitCode}: {Output}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            _output.AppendLine(line);
        }
    }
}
