using System.Text;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Processing;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Alerts.Commands;

/// <summary>Commands of people who do not speak MQTT: the same records as those of the people who do.</summary>
internal sealed class AlertCommands(DurableLog durableLog, AlertProcessor processor) : IAlertCommands, IOrders, IDisposable
{
    private const int AtOnceAtMost = 64;

    private readonly SemaphoreSlim _places = new(AtOnceAtMost);

    public async Task<AcknowledgeResult> AcknowledgeAsync(string alertId, string episode, SeenState? seen, string by, string note, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(alertId);
        ArgumentException.ThrowIfNullOrEmpty(episode);
        ArgumentException.ThrowIfNullOrEmpty(by);
        ArgumentNullException.ThrowIfNull(note);
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await AppendAndWaitAsync(alertId, episode, seen, by, note, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    /// <inheritdoc/>
    public async Task<OrderAnswer> GiveAsync(Order order, string by, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentException.ThrowIfNullOrEmpty(by);
        await _places.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await AppendAndWaitAsync(order, by, cancellation).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task<AcknowledgeResult> AppendAndWaitAsync(string alertId, string episode, SeenState? seen, string by, string note, CancellationToken cancellation)
    {
        if (Look(alertId, episode, out var late) is not { } alert)
        {
            // Nothing would come of it, and anybody could fill the log with topics of alerts that never were.
            return late;
        }

        var (request, outcome) = processor.Waiters.Register();
        try
        {
            var commit = durableLog.Append(
                RecordKind.Acknowledgement,
                AlertTopics.Acknowledge(alert.Ward, alert.Patient, alert.Slug),
                Record(by, new AcknowledgementPayload(episode, seen, AcknowledgementPayload.Safe(note), request)));
            await commit.Task.WaitAsync(cancellation).ConfigureAwait(false);
            return await outcome.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            processor.Waiters.Forget(request);
        }
    }

    private async Task<OrderAnswer> AppendAndWaitAsync(Order order, string by, CancellationToken cancellation)
    {
        if (AnswerAtOnce(order) is { } answer)
        {
            // Nothing would come of it, and anybody could fill the log with topics of patients that never were.
            return answer;
        }

        var (request, outcome) = processor.OrderWaiters.Register();
        try
        {
            var record = new OrderRecord(by, request, OrderRecord.Safe(order));
            var commit = durableLog.Append(RecordKind.Order, OrderRecord.TopicOf(order), record.Write());
            await commit.Task.WaitAsync(cancellation).ConfigureAwait(false);
            return await outcome.WaitAsync(cancellation).ConfigureAwait(false);
        }
        finally
        {
            processor.OrderWaiters.Forget(request);
        }
    }

    private OrderAnswer? AnswerAtOnce(Order order)
    {
        lock (processor.Gate)
        {
            return processor.AnswerAtOnce(order);
        }
    }

    private AlertStatus? Look(string alertId, string episode, out AcknowledgeResult late)
    {
        lock (processor.Gate)
        {
            late = processor.Ledger.AnswerLate(alertId, episode);
            return processor.Ledger.Find(alertId) is { Shadow: false } alert ? alert : null;
        }
    }

    /// <summary>The body that an acknowledgement by MQTT has: QoS 1, the author as the client.</summary>
    private static byte[] Record(string by, AcknowledgementPayload payload)
    {
        var client = Encoding.UTF8.GetBytes(by);
        var written = payload.Write();
        var body = new byte[PublishRecord.HeadSizeBytes(1, client.Length, 0) + written.Length];
        var head = PublishRecord.WriteHead(body, qualityOfService: 1, retain: false, packetIdentifier: 0, client, contentType: default);
        written.CopyTo(body, head);
        return body;
    }
}
