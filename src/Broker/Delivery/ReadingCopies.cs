using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using Microsoft.Extensions.Logging;
using MQTTnet;
using MQTTnet.Protocol;

namespace IoTGateway.Broker.Delivery;

/// <summary>
/// Copies readings from the log to ordinary MQTT subscribers. Reads the log only while somebody wants readings, from its end on, without a
/// cursor: a copy is a convenience, the queue's consumers are the promise. Never on the path of an acknowledgement.
/// </summary>
internal sealed class ReadingCopies(DurableLog log, Subscribers subscribers, BrokerOptions options, TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private readonly List<Copy> _batch = [];
    private long _copied;
    private long _skippedBytes;

    /// <summary>Readings handed to subscribers.</summary>
    public long Copied => Volatile.Read(ref _copied);

    /// <summary>Bytes of the log that were skipped, since the subscribers were too far behind.</summary>
    public long SkippedBytes => Volatile.Read(ref _skippedBytes);

    /// <summary>Copies until cancelled, or until the log has stopped.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (log.Failure is null)
        {
            await subscribers.WaitForReadersAsync(cancellation);
            using var reader = log.OpenReader(log.End, RecordKinds.Of(RecordKind.Reading));
            try
            {
                await CopyAsync(reader, cancellation);
            }
            catch (IOException failure)
            {
                // The log cannot be read back here. Its consumers will say so as well; that devices can publish matters more than copies.
                logger.CopiesFailed(failure);
                await EndReadersAsync();
            }
        }
    }

    /// <summary>Ends those who wanted readings, so that they know that they missed some; they get copies again when they come back.</summary>
    private async Task EndReadersAsync()
    {
        _batch.Clear();
        foreach (var reader in subscribers.Readings)
        {
            await subscribers.EndAsync(reader.ClientId);
        }
    }

    /// <summary>Copies while somebody wants readings and is not too far behind.</summary>
    private async Task CopyAsync(LogReader reader, CancellationToken cancellation)
    {
        while (log.Failure is null && !subscribers.Readings.IsEmpty)
        {
            var behind = log.End.Address - reader.Position.Address;
            if (behind > options.CopiesBehindBytesAtMost)
            {
                Volatile.Write(ref _skippedBytes, _skippedBytes + behind);
                logger.CopiesSkipped(behind);
                return;
            }

            if (Collect(reader))
            {
                await DeliverAsync(cancellation);
            }
            else
            {
                await log.WaitBeyondAsync(reader.Position, cancellation);
            }
        }
    }

    /// <summary>Collects who wants which reading of the next frame; false if there is no frame yet.</summary>
    private bool Collect(LogReader reader)
    {
        if (!reader.TryRead(out var frame))
        {
            return false;
        }

        var readers = subscribers.Readings;
        foreach (var record in frame)
        {
            if (record.Topic is null)
            {
                continue;
            }

            var publish = PublishRecord.Read(record.Body);
            byte[]? payload = null;
            MqttApplicationMessage? message = null;
            foreach (var subscriber in readers)
            {
                if (subscriber.Wants(record.Topic.Name, publish.Client, publish.QualityOfService) is not { } qualityOfService)
                {
                    continue;
                }

                if (message is null || message.QualityOfServiceLevel != qualityOfService)
                {
                    payload ??= publish.Payload.ToArray();
                    message = MessageOf(record.Topic.Name, payload, qualityOfService);
                }

                _batch.Add(new Copy(subscriber, message));
            }
        }

        return true;
    }

    private async Task DeliverAsync(CancellationToken cancellation)
    {
        foreach (var (subscriber, message) in _batch)
        {
            if (subscriber.Filters.IsEmpty)
            {
                continue; // Ended or unsubscribed meanwhile.
            }

            while (!TryEnqueue(subscriber, message))
            {
                if (clock.GetElapsedTime(subscriber.FullSinceTimestamp) >= options.SubscriberPatience)
                {
                    subscriber.Filters = [];
                    await subscribers.EndAsync(subscriber.ClientId);
                    break;
                }

                await Task.Delay(Pause, clock, cancellation);
            }
        }

        _batch.Clear();
    }

    private bool TryEnqueue(ReadingSubscriber subscriber, MqttApplicationMessage message)
    {
        bool taken;
        try
        {
            taken = subscriber.Session.TryEnqueueApplicationMessage(message, out _);
        }
        catch (ObjectDisposedException)
        {
            subscriber.Filters = []; // The session has ended since.
            return true;
        }

        if (taken)
        {
            Volatile.Write(ref _copied, _copied + 1);

            // Only a queue that has emptied halfway counts as keeping up; else one message now and then would hold everybody up for ever.
            if (subscriber.FullSinceTimestamp != 0 && subscriber.Session.PendingApplicationMessagesCount < options.SubscriberQueueAtMost / 2)
            {
                subscriber.FullSinceTimestamp = 0;
            }

            return true;
        }

        if (subscriber.FullSinceTimestamp == 0)
        {
            subscriber.FullSinceTimestamp = Math.Max(1, clock.GetTimestamp());
        }

        return false;
    }

    private static MqttApplicationMessage MessageOf(string topic, byte[] payload, MqttQualityOfServiceLevel qualityOfService) => new()
    {
        Topic = topic,
        PayloadSegment = new ArraySegment<byte>(payload),
        QualityOfServiceLevel = qualityOfService,
    };

    private readonly record struct Copy(ReadingSubscriber Subscriber, MqttApplicationMessage Message);
}
