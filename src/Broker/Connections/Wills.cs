using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Topics;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// Publishes wills: at once, or after the delay that their clients asked for, unless those come back before (MQTT 5, 3.1.3.2.2). Safe from
/// any thread.
/// </summary>
/// <remarks>A will that waits is not in the log: if the gateway ends meanwhile, it is not published.</remarks>
internal sealed class Wills(DurableLog log, Subscribers subscribers, StatusRelay statuses, TimeProvider clock, ILogger logger, CancellationToken cut)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (WillMessage Will, long DueUnixMilliseconds)> _waiting = new(StringComparer.Ordinal);
    private long _received;
    private long _refused;

    /// <summary>Wills that were taken into the log.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>Wills that could not be kept.</summary>
    public long Refused => Volatile.Read(ref _refused);

    /// <summary>The connection of a client broke: its will is published now or later, at the latest when its session ends.</summary>
    public async ValueTask ConnectionBrokeAsync(WillMessage will, uint sessionExpirySeconds)
    {
        var delay = Math.Min(will.DelaySeconds, sessionExpirySeconds);
        if (delay == 0)
        {
            await PublishAsync(will);
            return;
        }

        lock (_lock)
        {
            _waiting[will.Session!.ClientId] = (will, Instant.Now(clock).UnixMilliseconds + (delay * 1_000L));
        }
    }

    /// <summary>A client is back: a will that waits is dropped if its session goes on, and published if that has ended.</summary>
    public async ValueTask ClientIsBackAsync(string clientId, bool sessionGoesOn)
    {
        (WillMessage Will, long) waiting;
        lock (_lock)
        {
            if (!_waiting.Remove(clientId, out waiting))
            {
                return;
            }
        }

        if (!sessionGoesOn)
        {
            await PublishAsync(waiting.Will);
        }
    }

    /// <summary>Publishes wills as they fall due, until cancelled or until the log has stopped.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                foreach (var will in TakeDue())
                {
                    await PublishAsync(will);
                }
            }
        }
        catch (LogFailedException)
        {
            // The log says itself why it stopped.
        }
    }

    private List<WillMessage> TakeDue()
    {
        lock (_lock)
        {
            var now = Instant.Now(clock).UnixMilliseconds;
            var due = _waiting.Where(waiting => waiting.Value.DueUnixMilliseconds <= now).ToList();
            due.ForEach(waiting => _waiting.Remove(waiting.Key));
            return [.. due.Select(waiting => waiting.Value.Will)];
        }
    }

    /// <summary>Publishes a will: to the log where it is a device's state or reading, to subscribers where it is an ordinary message.</summary>
    private async ValueTask PublishAsync(WillMessage will)
    {
        var message = will.Message with
        {
            Sender = will.Session!.Utf8ClientId,
            ExpiresUnixMilliseconds = will.ExpirySeconds is { } expiry ? Instant.Now(clock).UnixMilliseconds + (expiry * 1_000L) : null,
        };
        if (will.Use == TopicUse.Ordinary)
        {
            if (message.Retain && !subscribers.CanRetain(message.Topic, message.SizeBytes))
            {
                Interlocked.Increment(ref _refused);
                logger.WillNotKept(will.Session.ClientId, AppendResult.TooManyTopics);
                return;
            }

            subscribers.Publish(message);
            return;
        }

        // A will is published by the gateway, once: it needs no packet identifier, so QoS 2 is kept as QoS 1; a reading promises nothing.
        var isStatus = will.Use == TopicUse.DeviceStatus;
        var qualityOfService = isStatus ? Math.Min(message.QualityOfService, 1) : 0;
        var client = will.Session.Utf8ClientId;
        var head = new byte[PublishRecord.HeadSizeBytes(qualityOfService, client.Length, will.ContentType.Length)];
        PublishRecord.WriteHead(head, qualityOfService, message.Retain, 0, client, will.ContentType);
        var kind = isStatus ? RecordKind.DeviceStatus : RecordKind.Reading;
        AppendResult result;
        Commit? commit;
        while ((result = log.TryAppend(kind, will.Utf8Topic, head, message.Payload, out commit)) == AppendResult.NoRoom)
        {
            await log.WaitForRoomAsync(cut);
        }

        if (result == AppendResult.Full && isStatus)
        {
            // The gateway itself says that the device is gone: that goes on while the log takes nothing from devices.
            commit = log.Append(kind, message.Topic, [.. head, .. message.Payload]);
            result = AppendResult.Appended;
        }

        if (result != AppendResult.Appended)
        {
            Interlocked.Increment(ref _refused);
            logger.WillNotKept(will.Session.ClientId, result);
            return;
        }

        Interlocked.Increment(ref _received);
        if (isStatus)
        {
            await statuses.EnqueueAsync(new StatusMessage(message with { QualityOfService = qualityOfService }, commit!), cut);
        }
    }
}
