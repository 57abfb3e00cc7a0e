using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using Microsoft.Extensions.Logging;

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
                subscribers.EndReaders();
                _batch.Clear();
            }
        }
    }

    /// <summary>Copies while somebody wants readings and is not too far behind.</summary>
    private async Task CopyAsync(LogReader reader, CancellationToken cancellation)
    {
        while (log.Failure is null && subscribers.WantReadings)
        {
            var behind = log.End.Address - reader.Position.Address;
            if (behind > options.CopiesBehindBytesAtMost)
            {
                Volatile.Write(ref _skippedBytes, _skippedBytes + behind);
                logger.CopiesSkipped(behind);
                subscribers.EndReaders();
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

        foreach (var record in frame)
        {
            if (record.Topic is not null)
            {
                var publish = PublishRecord.Read(record.Body);
                subscribers.CollectReading(record.Topic.Name, publish.Client, publish.QualityOfService, publish.ContentType, publish.Payload, _batch);
            }
        }

        return true;
    }

    private async Task DeliverAsync(CancellationToken cancellation)
    {
        foreach (var (subscriber, message) in _batch)
        {
            while (!TryDeliver(subscriber.Outbox, message))
            {
                if (clock.GetElapsedTime(subscriber.Outbox.FullSinceTimestamp) >= options.SubscriberPatience)
                {
                    subscribers.End(subscriber);
                    break;
                }

                await Task.Delay(Pause, clock, cancellation);
            }
        }

        _batch.Clear();
    }

    private bool TryDeliver(Outbox outbox, in OutgoingMessage message)
    {
        if (outbox.TryAdd(message))
        {
            Volatile.Write(ref _copied, _copied + 1);

            // Only a queue that has emptied halfway counts as keeping up; else one message now and then would hold everybody up for ever.
            if (outbox.FullSinceTimestamp != 0 && outbox.WaitingCount < options.SubscriberQueueAtMost / 2)
            {
                outbox.FullSinceTimestamp = 0;
            }

            return true;
        }

        if (outbox.FullSinceTimestamp == 0)
        {
            outbox.FullSinceTimestamp = Math.Max(1, clock.GetTimestamp());
        }

        return false;
    }
}
