using System.Globalization;
using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Replay;
using Spectre.Console;

namespace IoTGateway.FirmwareSim.Commands;

/// <summary>Runs a replay and shows how far it is: a progress bar on a terminal, else a line now and then; a summary at the end.</summary>
internal sealed class ReplayProgress(Terminal terminal, Recording recording, ReplayRun run, ConnectionNotices notices)
{
    /// <summary>How often a progress bar is brought up to date.</summary>
    private static readonly TimeSpan BarPace = TimeSpan.FromMilliseconds(200);

    /// <summary>How often is looked for something to say where there is no bar.</summary>
    private static readonly TimeSpan LinePace = TimeSpan.FromMilliseconds(500);

    /// <summary>How often progress is told where there is no bar.</summary>
    private static readonly TimeSpan LineInterval = TimeSpan.FromSeconds(5);

    private readonly long _readings = recording.Readings;

    /// <summary>Runs it to its end.</summary>
    /// <returns>A value of <see cref="ExitCode"/>.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var began = terminal.Clock.GetTimestamp();
        var work = Task.Run(() => run.RunAsync(cancellation), CancellationToken.None);
        await (terminal.IsInteractive ? ShowBarAsync(work) : ShowLinesAsync(work)).ConfigureAwait(false);
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync($"Interrupted: {Count(run.Counters.Acknowledged)} of {Count(_readings)} readings were acknowledged.")
                .ConfigureAwait(false);
            return ExitCode.Failed;
        }
        catch (Exception failure) when (failure is GatewayRefusedException or GatewayUnreachableException)
        {
            await terminal.Error.WriteLineAsync($"{failure.Message} {Count(run.Counters.Acknowledged)} of {Count(_readings)} readings were acknowledged.")
                .ConfigureAwait(false);
            return ExitCode.Failed;
        }

        await WriteSummaryAsync(terminal.Clock.GetElapsedTime(began)).ConfigureAwait(false);
        return ExitCode.Fine;
    }

    private async Task WriteSummaryAsync(TimeSpan elapsed)
    {
        var counters = run.Counters;
        var patients = recording.Patients.Count == 1 ? "1 patient" : $"{Count(recording.Patients.Count)} patients";
        await terminal.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{counters.Sent:N0} readings ({recording.Samples:N0} values) of {patients} sent, {counters.Acknowledged:N0} acknowledged, in {elapsed.TotalSeconds:0.0} s."))
            .ConfigureAwait(false);
        await terminal.Output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"Reconnects: {counters.Reconnects:N0}. Packets sent again: {counters.Resent:N0}. Sent anew, without a session: {counters.SentAnew:N0}."))
            .ConfigureAwait(false);
    }

    private async Task ShowLinesAsync(Task work)
    {
        var told = terminal.Clock.GetTimestamp();
        while (!await EndsWithinAsync(work, LinePace).ConfigureAwait(false))
        {
            if (notices.Next() is { } notice)
            {
                await terminal.Output.WriteLineAsync(notice).ConfigureAwait(false);
            }

            if (terminal.Clock.GetElapsedTime(told) >= LineInterval)
            {
                told = terminal.Clock.GetTimestamp();
                var acknowledged = run.Counters.Acknowledged;
                await terminal.Output.WriteLineAsync(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{acknowledged:N0} of {_readings:N0} readings acknowledged ({100.0 * acknowledged / _readings:0} %)")).ConfigureAwait(false);
            }
        }
    }

    private async Task ShowBarAsync(Task work)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Output) });
        await console.Progress()
            .AutoRefresh(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context =>
            {
                var bar = context.AddTask("Readings acknowledged", maxValue: _readings);
                while (!await EndsWithinAsync(work, BarPace).ConfigureAwait(false))
                {
                    bar.Value = run.Counters.Acknowledged;
                    if (notices.Next() is { } notice)
                    {
                        console.WriteLine(notice);
                    }
                }

                bar.Value = run.Counters.Acknowledged;
            }).ConfigureAwait(false);
    }

    private async Task<bool> EndsWithinAsync(Task work, TimeSpan time)
    {
        using var stop = new CancellationTokenSource();
        await Task.WhenAny(work, Task.Delay(time, terminal.Clock, stop.Token)).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        return work.IsCompleted;
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
