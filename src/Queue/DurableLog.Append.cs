using System.Text;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <content>Appending: records are copied into the pending frame under a short lock; the writer takes the frame as it is.</content>
public sealed partial class DurableLog
{
    private static readonly TimeSpan RideAlongAtMost = TimeSpan.FromSeconds(1);

    private readonly ITimer _rideAlongTimer;
    private LogState _state = new();
    private PendingFrame _pending = new();
    private bool _urgent;
    private bool _rideAlongWaits;
    private TaskCompletionSource? _room;

    /// <summary>
    /// Appends one record if there is room among what waits for the next commit. The body is <paramref name="head"/> followed by
    /// <paramref name="payload"/>, so that a caller need not join them. Allocates nothing once the topic is known.
    /// </summary>
    /// <param name="kind">What it is.</param>
    /// <param name="utf8Topic">Its logical queue, made at need; empty for none.</param>
    /// <param name="head">The first part of the body.</param>
    /// <param name="payload">The rest of the body.</param>
    /// <param name="commit">When the record is durable.</param>
    /// <returns>Appended, or why not.</returns>
    public AppendResult TryAppend(RecordKind kind, ReadOnlySpan<byte> utf8Topic, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload, out Commit? commit)
    {
        commit = null;
        var size = (long)head.Length + payload.Length;
        if (size > _options.RecordSizeBytesAtMost)
        {
            return _meter.Count(AppendResult.TooLarge);
        }

        lock (_gate)
        {
            if (_failure is not null || _disposed)
            {
                return _meter.Count(AppendResult.Failed);
            }

            if (_full && IsReading(kind))
            {
                return _meter.Count(AppendResult.Full);
            }

            if (_pending.Length + RecordFormat.HeadSizeBytes + size > _options.PendingBytesAtMost && _pending.RecordCount > 0)
            {
                return _meter.Count(AppendResult.NoRoom);
            }

            Topic? topic = null;
            if (!utf8Topic.IsEmpty && (topic = TopicOf_NeedsLock(utf8Topic, kind)) is null)
            {
                return _meter.Count(AppendResult.TooManyTopics);
            }

            Add_NeedsLock(kind, topic, head, payload);
            commit = _pending.Commit;
            WakeWriter_NeedsLock();
            return AppendResult.Appended;
        }
    }

    /// <summary>Waits until <see cref="TryAppend"/> may find room again.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (_failure is not null || _disposed || _pending.Length < _options.PendingBytesAtMost / 2)
            {
                return Task.CompletedTask;
            }

            _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _room.Task.WaitAsync(cancellation);
        }
    }

    /// <summary>Appends records that become durable together or not at all; blocks while there is no room.</summary>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public Commit Append(LogBatch batch, Urgency urgency = Urgency.Now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        lock (_gate)
        {
            var size = batch.Entries.Sum(entry => (long)RecordFormat.HeadSizeBytes + entry.Length);
            WaitForRoom_NeedsLock(size);
            foreach (var entry in batch.Entries)
            {
                Add_NeedsLock(entry.Kind, entry.Topic, batch.BodyOf(entry));
            }

            return Finish_NeedsLock(urgency);
        }
    }

    /// <summary>Appends one record; blocks while there is no room.</summary>
    /// <exception cref="LogFailedException">The log has stopped.</exception>
    public Commit Append(RecordKind kind, string? topic, ReadOnlySpan<byte> body, Urgency urgency = Urgency.Now)
    {
        lock (_gate)
        {
            WaitForRoom_NeedsLock(RecordFormat.HeadSizeBytes + body.Length);
            Add_NeedsLock(kind, topic, body);
            return Finish_NeedsLock(urgency);
        }
    }

    private Commit Finish_NeedsLock(Urgency urgency)
    {
        var commit = _pending.Commit;
        if (urgency == Urgency.Now)
        {
            WakeWriter_NeedsLock();
        }
        else
        {
            LetRideAlong_NeedsLock();
        }

        return commit;
    }

    private void WaitForRoom_NeedsLock(long size)
    {
        while (_pending.RecordCount > 0 && _pending.Length + size > _options.PendingBytesAtMost && _failure is null && !_disposed)
        {
            WakeWriter_NeedsLock();
            Monitor.Wait(_gate);
        }

        ThrowIfFailed();
        ObjectDisposedException.ThrowIf(_disposed, this);
    }

    private void Add_NeedsLock(RecordKind kind, string? topicName, ReadOnlySpan<byte> body)
    {
        if (body.Length > RecordFormat.BodySizeBytesAtMost)
        {
            throw new ArgumentException($"A record of {body.Length} bytes is too large; {RecordFormat.BodySizeBytesAtMost} are allowed.", nameof(body));
        }

        // The gateway's own records are never refused for the number of topics: alerts go on when devices have used up theirs.
        var topic = topicName is null ? null : TopicOf_NeedsLock(Encoding.UTF8.GetBytes(topicName), kind, limited: false);
        Add_NeedsLock(kind, topic, body, default);
    }

    private void Add_NeedsLock(RecordKind kind, Topic? topic, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        var time = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        _state.LastTime = time;
        _pending.Add(kind, topic?.Id ?? 0, topic is null ? 0 : ++topic.LastSequence, time, head, payload);
    }

    private Topic? TopicOf_NeedsLock(ReadOnlySpan<byte> utf8Name, RecordKind kind, bool limited = true)
    {
        if (_state.Topics.Find(utf8Name) is { } known)
        {
            return known;
        }

        if (limited && _state.Topics.Count >= _options.TopicCountAtMost)
        {
            return null;
        }

        // The topic's record stands before its first use in the same frame, so neither is ever without the other.
        var topic = _state.Topics.Add(kind, utf8Name);
        Add_NeedsLock(RecordKind.Topic, topic: null, LogState.TopicBody(topic), default);
        return topic;
    }

    private void WakeWriter_NeedsLock()
    {
        if (!_urgent)
        {
            _urgent = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void LetRideAlong_NeedsLock()
    {
        if (!_rideAlongWaits)
        {
            _rideAlongWaits = true;
            _rideAlongTimer.Change(RideAlongAtMost, Timeout.InfiniteTimeSpan);
        }
    }

    private void CommitRideAlongs()
    {
        lock (_gate)
        {
            if (_rideAlongWaits)
            {
                WakeWriter_NeedsLock();
            }
        }
    }
}
