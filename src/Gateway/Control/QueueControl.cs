using System.Globalization;
using IoTGateway.Archive;
using IoTGateway.Broker;
using IoTGateway.Notifications;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Figures;
using IoTGateway.Storage;

namespace IoTGateway.Control;

/// <summary>What can be seen of the queues and done with their consumers while the gateway runs.</summary>
internal sealed class QueueControl(
    DurableLog log, QueueFigures figures, IReadOnlyList<StorageConsumer> storage, ArchiveConsumer? archive, NotificationService notifications, MqttBroker broker, TimeProvider clock)
{
    private const string RulesName = "rules";
    private const string AlertsName = "mqtt-alerts";
    private const string EscalationName = "escalation";

    /// <summary>All topics, or one. Costs no reading of the log but for the oldest records.</summary>
    public QueueListing List(string? topic)
    {
        var now = clock.GetUtcNow();
        var parked = Runners.SelectMany(runner => runner.Parked.Select(row => (runner.Name, Row: row))).Where(pair => topic is null || pair.Row.Topic == topic).ToList();
        var waiting = parked.ToDictionary(pair => (pair.Name, pair.Row.Topic), pair => pair.Row);
        return new QueueListing(
            [.. log.Consumers.Select(consumer => new ConsumerState(
                consumer.Name, consumer.IsPaused, consumer.Depth, AgeOf(consumer.OldestUnixMilliseconds, now), TroubleOf(consumer.Name)))],
            broker.Counters.Refused,
            [.. figures.Of(topic).Select(row =>
            {
                var side = waiting.GetValueOrDefault((row.Consumer, row.Topic));
                return new QueueRow(
                    row.Topic, row.LastSequence, row.AppendedPerSecond, row.Consumer, row.Depth + (side?.Records ?? 0),
                    side is null ? AgeOf(row.OldestUnixMilliseconds, now) : Math.Max(0, (now - side.Since).TotalSeconds), row.DeliveredPerSecond, side?.Records ?? 0);
            })],
            [.. parked.Select(pair => new ParkedRow(
                pair.Name, pair.Row.Topic, pair.Row.Records, pair.Row.FirstSequence, pair.Row.Since, pair.Row.Tries, pair.Row.NextTry, pair.Row.Reason))]);
    }

    /// <summary>The sinks at this moment: the stores, and the channels by which people are told.</summary>
    public IEnumerable<SinkRunner> Runners => [.. storage.Select(sink => sink.Runner), .. notifications.Runners];

    /// <summary>Whether a consumer stores, so that it can be replayed to.</summary>
    public bool Stores(string consumer) => storage.Any(sink => sink.Name == consumer);

    /// <summary>A consumer stands still, also over restarts.</summary>
    public async Task<ControlAnswer> PauseAsync(string name, bool stopMonitoring)
    {
        if (Unknown(name) is { } unknown)
        {
            return unknown;
        }

        if (name is RulesName or AlertsName or EscalationName && !stopMonitoring)
        {
            return new ControlAnswer(false, name switch
            {
                RulesName => "While the rules are paused nobody is monitored and no alert is raised. If that is what you want, say --stop-monitoring.",
                AlertsName => "While mqtt-alerts is paused no alert reaches anybody by MQTT. If that is what you want, say --stop-monitoring.",
                _ => "While escalation is paused nobody is paged, and nobody else is told of what nobody acknowledges. If that is what you want, say --stop-monitoring.",
            });
        }

        if (log.PauseConsumer(name) is not { } commit)
        {
            return new ControlAnswer(true, $"The consumer '{name}' was paused already.");
        }

        await commit.Task;
        return new ControlAnswer(true, $"The consumer '{name}' is paused, also over a restart. Its readings wait in the queue. Go on with: queue resume {name}");
    }

    /// <summary>A paused consumer goes on.</summary>
    public async Task<ControlAnswer> ResumeAsync(string name)
    {
        if (Unknown(name) is { } unknown)
        {
            return unknown;
        }

        if (log.ResumeConsumer(name) is not { } commit)
        {
            return new ControlAnswer(true, $"The consumer '{name}' was not paused.");
        }

        await commit.Task;
        return new ControlAnswer(true, $"The consumer '{name}' goes on.");
    }

    /// <summary>Forgets a consumer that the configuration no longer has.</summary>
    public async Task<ControlAnswer> RemoveAsync(string name)
    {
        if (Unknown(name) is { } unknown)
        {
            return unknown;
        }

        try
        {
            await log.RemoveConsumer(name).Task;
            return new ControlAnswer(true, $"The consumer '{name}' is removed; the log is not kept for it any more.");
        }
        catch (InvalidOperationException)
        {
            return new ControlAnswer(false, $"The consumer '{name}' is in use. Take it out of the configuration, restart the gateway, then remove it.");
        }
    }

    /// <summary>Delivers once more to a sink.</summary>
    public async Task<ControlAnswer> ReplayAsync(string name, ControlRequest request, CancellationToken cancellation)
    {
        if (Unknown(name) is { } unknown)
        {
            return unknown;
        }

        if (storage.FirstOrDefault(sink => sink.Name == name) is not { } consumer)
        {
            return new ControlAnswer(false, name == RulesName
                ? "The rules take each reading exactly once; a replay would raise alerts again that are over. To try rules on old readings use: rules backtest"
                : notifications.Runners.Any(runner => runner.Name == name) ? "A page is sent once, while it is true. What still calls for somebody is told again by its escalation."
                : $"The consumer '{name}' takes each record once; only sinks that store can be replayed to: {string.Join(", ", storage.Select(sink => sink.Name))}.");
        }

        if (request.Topic is { } topic && log.FindTopic(topic) is null)
        {
            return new ControlAnswer(false, $"There is no topic '{topic}'. See: queue list");
        }

        try
        {
            var count = await consumer.Runner.ReplayAsync(
                new ReplayRange
                {
                    Topic = request.Topic,
                    From = request.From,
                    To = request.To,
                    FromSequence = request.FromSequence,
                    ToSequence = request.ToSequence,
                    DeadLetters = request.DeadLetters,
                },
                cancellation);
            return new ControlAnswer(true, string.Create(CultureInfo.InvariantCulture, $"{count} records were delivered to '{name}' once more."));
        }
        catch (InvalidOperationException failure)
        {
            return new ControlAnswer(false, failure.Message);
        }
    }

    private static double? AgeOf(long? unixMilliseconds, DateTimeOffset now) =>
        unixMilliseconds is { } time ? Math.Max(0, (now - DateTimeOffset.FromUnixTimeMilliseconds(time)).TotalSeconds) : null;

    private string? TroubleOf(string name) => storage.FirstOrDefault(sink => sink.Name == name) is { } sink
        ? sink.Failure?.Message ?? (sink.SinkState.RetryingSince is null ? null : sink.SinkState.LastError)
        : name == ArchiveConsumer.ConsumerName && archive is not null ? archive.Failure?.Message ?? (archive.State.RetryingSince is null ? null : archive.State.LastError)
        : notifications.Runners.FirstOrDefault(runner => runner.Name == name) is { } channel ? channel.Failure?.Message ?? channel.AwayReason : null;

    private ControlAnswer? Unknown(string name)
    {
        var names = log.ConsumerNames.Keys;
        return names.Contains(name) ? null : new ControlAnswer(false, $"There is no consumer '{name}'. There are: {string.Join(", ", names.Order(StringComparer.Ordinal))}.");
    }
}
