using System.CommandLine;
using System.Security.Cryptography;
using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Copying;
using IoTGateway.Storage.Influx;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTGateway.Commands;

/// <summary><c>store copy</c>: fills a newly configured InfluxDB with what the built-in store holds. Works beside a running gateway; can be ended and goes on.</summary>
internal static class StoreCopyCommand
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public static Command Create(TimeProvider clock)
    {
        var (config, data) = (CommonOptions.Config(), QueueCommands.RequiredData());
        var from = Side("--from", "From where.", StoreCommands.BuiltIn);
        var to = Side("--to", "To where: the InfluxDB of the settings.", StoreCommands.Influx);
        var copy = new Command("copy", "Fill InfluxDB with the readings of the built-in store. Ended, it goes on where it was; repeated, it changes nothing.") { config, data, from, to };
        copy.SetAction((parsed, cancellation) => CopyAsync(parsed.GetValue(config), parsed.GetRequiredValue(data), clock, cancellation));
        return copy;
    }

    private static Option<string> Side(string name, string description, string only)
    {
        var option = new Option<string>(name) { Description = description, HelpName = only, Required = true };
        option.AcceptOnlyFromAmong(only);
        return option;
    }

    private static async Task<int> CopyAsync(string? config, string data, TimeProvider clock, CancellationToken cancellation)
    {
        var options = StoreCommands.InfluxOf(StoreCommands.Settings(config, data));
        var reader = StoreReader.Open(StoreCommands.DirectoryOf(data), Instant.MinValue, Instant.MaxValue);
        using var place = new CopyPlaceFile(DataLayout.CopyPlace(data), options.TargetName);
        if (place.Read() is { } begun)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"A copy that was ended goes on behind {begun.Copied:#,0} rows."));
        }

        using var http = InfluxSink.CreateHttpClient();
        var copy = new StoreCopy(reader, place, clock, NewRandom());
        using var sink = new InfluxSink(options, http, clock, NewRandom(), NullLogger.Instance, copy.Refuse);
        using var ended = new CancellationTokenSource();
        var watching = TellTroubleAsync(sink, clock, ended.Token);
        try
        {
            var result = await ProgressBar.ShowAsync("Copying", progress => copy.RunAsync(sink, (done, _) => progress(done), cancellation));
            return Tell(result, options);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"Stopped behind {place.Read()?.Copied ?? 0:#,0} rows; the same command goes on from there."));
            return ExitCode.Failed;
        }
        finally
        {
            await ended.CancelAsync();
            await watching;
        }
    }

    private static int Tell(CopyResult result, InfluxOptions options)
    {
        Console.Out.WriteLine(FormattableString.Invariant($"{result.Copied:#,0} rows are in {options.TargetName}."));
        if (result.Refused == 0)
        {
            return ExitCode.Fine;
        }

        Console.Error.WriteLine(FormattableString.Invariant($"{result.Refused:#,0} rows were refused and are not there. The first of them:"));
        foreach (var reason in result.Reasons)
        {
            Console.Error.WriteLine("  " + reason);
        }

        return ExitCode.Failed;
    }

    /// <summary>Says when the server is away or takes nothing, why, and when it does again.</summary>
    private static async Task TellTroubleAsync(InfluxSink sink, TimeProvider clock, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(LookEvery, clock);
        string? told = null;
        try
        {
            while (await timer.WaitForNextTickAsync(ended))
            {
                var trouble = sink.State is { RetryingSince: not null } state ? state.LastError : null;
                if (trouble != told)
                {
                    Console.Error.WriteLine(trouble is null ? "InfluxDB takes rows again." : $"{trouble} It is tried again until it works; Ctrl-C ends, and the place is kept.");
                    told = trouble;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The copy has ended.
        }
    }

    /// <summary>Spreads the tries in time; seeded by the system.</summary>
    private static Random NewRandom() => new(RandomNumberGenerator.GetInt32(int.MaxValue));
}
