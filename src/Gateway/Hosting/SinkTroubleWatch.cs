using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Storage;

namespace IoTGateway.Hosting;

/// <summary>
/// Looks after the places that readings are stored in, and tells the log (and through it the alerts) when one of them needs somebody: at once where waiting alone
/// will not help (a password, a database that is missing, a consumer that has stopped), else when it has been away for a quarter of an hour.
/// </summary>
internal sealed class SinkTroubleWatch : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>A restart of a database is nobody's business.</summary>
    private static readonly TimeSpan ToldAfter = TimeSpan.FromMinutes(15);

    /// <summary>A reason that changes with each try must not fill the log.</summary>
    private static readonly TimeSpan ToldAgainAfter = TimeSpan.FromMinutes(1);

    private readonly IReadOnlyList<StorageConsumer> _consumers;
    private readonly DurableLog _log;
    private readonly TimeProvider _clock;
    private readonly Dictionary<string, (string Reason, Instant At)> _told = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public SinkTroubleWatch(IReadOnlyList<StorageConsumer> consumers, DurableLog log, TimeProvider clock)
    {
        _consumers = consumers;
        _log = log;
        _clock = clock;
    }

    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    /// <summary>Looks once at all of them.</summary>
    internal void Look()
    {
        var now = Instant.Now(_clock);
        foreach (var consumer in _consumers)
        {
            Look(consumer.Name, consumer.SinkState, consumer.Failure, now);
        }
    }

    /// <summary>Looks at one of them, and tells what has changed.</summary>
    internal void Look(string consumer, SinkState state, Exception? failure, Instant now)
    {
        var knows = _told.TryGetValue(consumer, out var told);
        if (TroubleOf(state, failure, now) is { } reason)
        {
            if (!knows || (told.Reason != reason && (told.Reason.Length == 0 || now - told.At >= ToldAgainAfter)))
            {
                Tell(consumer, reason, state.RetryingSince ?? now, now);
            }
        }
        else if (state.RetryingSince is null && state.LastSuccess is not null && failure is null && (!knows || told.Reason.Length > 0))
        {
            // After a start it is told once too: an alert may stand from before.
            Tell(consumer, "", now, now);
        }
    }

    private static string? TroubleOf(SinkState state, Exception? failure, Instant now) =>
        failure is not null ? $"The consumer has stopped: {failure.Message} Restart the gateway when it is mended."
        : state.RetryingSince is { } since && (state.NeedsSomebody || now - since >= ToldAfter) ? state.LastError
        : null;

    private void Tell(string consumer, string reason, Instant since, Instant now)
    {
        _told[consumer] = (reason, now);
        _log.Append(RecordKind.SinkTrouble, topic: null, new SinkTroubleRecord(consumer, reason.Length > 0, since.UnixMilliseconds, reason).Write());
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, _clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                Look();
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // The gateway stops.
        }
        catch (LogFailedException)
        {
            // The gateway ends over it by itself.
        }
    }
}
