using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Publishing;

/// <summary>
/// The consumer "mqtt-alerts", at least once: publishes each transition, and keeps the retained topic of each alert at its present state,
/// from <c>active</c> until it has ended. What is only tried is not published.
/// </summary>
internal sealed class MqttAlertPublisher : IDisposable
{
    /// <summary>The consumer's name.</summary>
    public const string ConsumerName = "mqtt-alerts";

    private readonly DurableLog _durableLog;
    private readonly IRetainedTopics _topics;
    private readonly LogConsumer _consumer;
    private readonly long _startVersion;
    private readonly IReadOnlyList<AlertStatus> _startAlerts;
    private readonly HashSet<string> _startTopics;
    private readonly List<AlertEvent> _events = [];

    /// <summary>Opens the consumer.</summary>
    /// <param name="durableLog">The log.</param>
    /// <param name="topics">Where to publish.</param>
    /// <param name="version">The ledger's version at the start; all of it is durable.</param>
    /// <param name="alerts">The alerts at that version.</param>
    public MqttAlertPublisher(DurableLog durableLog, IRetainedTopics topics, long version, IReadOnlyList<AlertStatus> alerts)
    {
        _durableLog = durableLog;
        _topics = topics;
        _startVersion = version;
        _startAlerts = [.. alerts.Where(alert => alert.State != AlertState.Pending && !alert.Shadow)];
        _startTopics = [.. _startAlerts.Select(TopicOf)];
        _consumer = durableLog.OpenConsumer(ConsumerName, RecordKinds.Of(RecordKind.AlertEvent), durableLog.Start);
    }

    /// <summary>Publishes the present state of all alerts, then each event, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await PublishPresentAsync(cancellation).ConfigureAwait(false);
        while (true)
        {
            var end = _durableLog.End;
            await PublishAllAsync(cancellation).ConfigureAwait(false);
            if (_durableLog.Failure is { } failure)
            {
                throw failure;
            }

            await _durableLog.WaitBeyondAsync(end, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes the state of all alerts as of the start: the broker may have forgotten what was retained.</summary>
    internal async Task PublishPresentAsync(CancellationToken cancellation)
    {
        foreach (var alert in _startAlerts)
        {
            await _topics.RetainAsync(TopicOf(alert), AlertJson.PresentState(alert), cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Publishes every event there is.</summary>
    internal async Task PublishAllAsync(CancellationToken cancellation)
    {
        while (TryReadFrame(out var next))
        {
            foreach (var happened in _events)
            {
                await PublishAsync(happened, cancellation).ConfigureAwait(false);
            }

            _consumer.Advance(next);
        }
    }

    /// <summary>Closes the consumer.</summary>
    public void Dispose() => _consumer.Dispose();

    private bool TryReadFrame(out LogPosition next)
    {
        _events.Clear();
        next = default;
        if (!_consumer.TryRead(out var frame))
        {
            return false;
        }

        next = frame.Next;
        foreach (var record in frame)
        {
            _events.Add(AlertEventRecord.Read(record.Body));
        }

        return true;
    }

    private async Task PublishAsync(AlertEvent happened, CancellationToken cancellation)
    {
        var status = happened.Status;
        if (status.Shadow)
        {
            return;
        }

        await _topics.PublishAsync(AlertTopics.Events(status.Ward, status.Patient), AlertJson.Transition(happened), cancellation).ConfigureAwait(false);

        var topic = TopicOf(status);
        var before = happened.PreviousWard.Length == 0 ? null : AlertTopics.Retained(happened.PreviousWard, status.Patient, status.Slug);
        if (happened.Number <= _startVersion)
        {
            // It happened before the start, when the present state was published already; only what is no longer there is left to take away.
            await RemoveUnlessPresentAsync(topic, cancellation).ConfigureAwait(false);
            await RemoveUnlessPresentAsync(before, cancellation).ConfigureAwait(false);
            return;
        }

        if (!happened.IsShown)
        {
            return;
        }

        if (before is not null)
        {
            await _topics.RetainAsync(before, default, cancellation).ConfigureAwait(false);
        }

        var payload = status.State == AlertState.Ended ? default : AlertJson.PresentState(status);
        await _topics.RetainAsync(topic, payload, cancellation).ConfigureAwait(false);
    }

    private async Task RemoveUnlessPresentAsync(string? topic, CancellationToken cancellation)
    {
        if (topic is not null && !_startTopics.Contains(topic))
        {
            await _topics.RetainAsync(topic, default, cancellation).ConfigureAwait(false);
        }
    }

    private static string TopicOf(AlertStatus alert) => AlertTopics.Retained(alert.Ward, alert.Patient, alert.Slug);
}
