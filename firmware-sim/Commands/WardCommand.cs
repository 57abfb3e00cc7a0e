using System.CommandLine;
using System.Globalization;
using IoTGateway.FirmwareSim.Device;
using IoTGateway.FirmwareSim.Patients;
using IoTGateway.FirmwareSim.Ward;

namespace IoTGateway.FirmwareSim.Commands;

/// <summary><c>firmware-sim ward</c>.</summary>
internal static class WardCommand
{
    private static readonly TimeSpan SummaryInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>Makes the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var beds = new Option<int>("--beds")
        {
            Description = "How many beds, each with its monitor.",
            HelpName = "N",
            DefaultValueFactory = _ => 8,
            CustomParser = result => GatewayOptions.WholeNumber(result, "--beds", 1, 1000),
        };
        var seed = new Option<int>("--seed")
        {
            Description = "Decides the patients and what happens to them; the same seed gives the same ward.",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
            CustomParser = result => GatewayOptions.WholeNumber(result, "--seed", 0, int.MaxValue),
        };
        var duration = new Option<TimeSpan?>("--duration")
        {
            Description = "End after this many seconds; without it the ward runs until Ctrl-C.",
            HelpName = "SECONDS",
            CustomParser = result => GatewayOptions.Seconds(result, "--duration"),
        };
        var prefix = new Option<string>("--device-prefix")
        {
            Description = "What stands before the bed's number to make the device's name.",
            HelpName = "TEXT",
            DefaultValueFactory = _ => "monitor-",
        };
        prefix.Validators.Add(GatewayOptions.ValidatePrefix);
        var gateway = new GatewayOptions();
        var command = new Command(
            "ward",
            "Simulates a ward: monitors with one reading a second. Bed 3 deteriorates after 3 s, a sensor comes off after 20 s; more happens every few minutes.")
        {
            beds, seed, duration, prefix,
        };
        gateway.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            terminal,
            new WardSimulationOptions
            {
                Host = gateway.Host(parsed),
                Port = gateway.Port(parsed),
                Quality = gateway.Quality(parsed),
                GiveUpAfter = gateway.GiveUpAfter(parsed),
                Beds = parsed.GetValue(beds),
                Seed = parsed.GetValue(seed),
                Duration = parsed.GetValue(duration),
                DevicePrefix = parsed.GetValue(prefix) ?? "",
            },
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Terminal terminal, WardSimulationOptions options, CancellationToken cancellation)
    {
        var notices = new ConnectionNotices($"{options.Host}:{options.Port}", terminal.Clock);
        var ward = new WardSimulation(options with { OnConnection = notices.Observe }, terminal.Clock);
        var monitors = options.Beds == 1 ? $"1 monitor ({options.DeviceName(1)})" : $"{options.Beds} monitors ({options.DeviceName(1)} to {options.DeviceName(options.Beds)})";
        var end = options.Duration is { } limit ? string.Create(CultureInfo.InvariantCulture, $"for {limit.TotalSeconds:0.#} s") : "until Ctrl-C";
        await terminal.Output.WriteLineAsync($"{monitors} at {options.Host}:{options.Port}, seed {options.Seed}, {end}.").ConfigureAwait(false);

        var began = terminal.Clock.GetTimestamp();
        using var over = new CancellationTokenSource();
        var work = ward.RunAsync(cancellation);
        var telling = TellAsync(terminal, options, ward, notices, began, over.Token);
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is GatewayRefusedException or GatewayUnreachableException)
        {
            await terminal.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            return ExitCode.Failed;
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await terminal.Output.WriteLineAsync(Summary(ward, terminal.Clock.GetElapsedTime(began))).ConfigureAwait(false);
        return ExitCode.Fine;
    }

    private static async Task TellAsync(
        Terminal terminal, WardSimulationOptions options, WardSimulation ward, ConnectionNotices notices, long began, CancellationToken cancellation)
    {
        var scenario = new WardScenario(options.Beds, options.Seed);
        var told = TimeSpan.FromTicks(-1);
        var summary = SummaryInterval;
        while (true)
        {
            await Task.Delay(Pace, terminal.Clock, cancellation).ConfigureAwait(false);
            if (notices.Next() is { } notice)
            {
                await terminal.Output.WriteLineAsync(notice).ConfigureAwait(false);
            }

            var now = terminal.Clock.GetElapsedTime(began);
            var begun = scenario.Cycle((int)(now / WardScenario.CycleLength)).Where(episode => episode.From > told && episode.From <= now);
            foreach (var episode in begun.OrderBy(episode => episode.From))
            {
                var what = episode.Kind == EpisodeKind.Deterioration ? "deteriorates" : "loses its SpO2 sensor";
                await terminal.Output.WriteLineAsync($"{Clock(episode.From)} {options.DeviceName(episode.Bed)} {what}").ConfigureAwait(false);
            }

            told = now;
            if (now >= summary)
            {
                summary += SummaryInterval;
                await terminal.Output.WriteLineAsync(Summary(ward, now)).ConfigureAwait(false);
            }
        }
    }

    private static string Summary(WardSimulation ward, TimeSpan elapsed)
    {
        var counters = ward.Counters;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Clock(elapsed)} {counters.Sent:N0} readings sent, {counters.Acknowledged:N0} acknowledged, {counters.Reconnects:N0} reconnects");
    }

    private static string Clock(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes:00}:{time.Seconds:00}");
}
