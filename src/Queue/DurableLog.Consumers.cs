namespace IoTGateway.Queue;

/// <content>Consumers: each reads at its own pace; their cursors ride along with the frames that are written anyway.</content>
public sealed partial class DurableLog
{
    private readonly List<LogConsumer> _consumers = [];

    private bool _consumersAreOpen;

    /// <summary>The durable cursors of those that were opened since the start.</summary>
    private readonly Dictionary<string, RecordedCursor> _recordedCursors = new(StringComparer.Ordinal);

    /// <summary>The open consumers: name, place, how many records and how old the oldest.</summary>
    public IReadOnlyList<ConsumerStatus> Consumers
    {
        get
        {
            LogConsumer[] consumers;
            lock (_gate)
            {
                consumers = [.. _consumers];
            }

            return [.. consumers.Select(StatusOf)];
        }
    }

    /// <summary>Opens a reader without a name and without a cursor.</summary>
    public LogReader OpenReader(LogPosition from, RecordKinds kinds) => new(this, from, kinds);

    /// <summary>
    /// Opens a consumer by its name. It goes on where its cursor stands in the log; a new one begins at <paramref name="start"/>.
    /// Segments it has not consumed are kept.
    /// </summary>
    /// <param name="name">Its name: lower case and hyphens.</param>
    /// <param name="kinds">What it wants to see.</param>
    /// <param name="start">Where a new consumer begins: <see cref="Start"/> or <see cref="End"/>, or anything between.</param>
    /// <exception cref="LogCorruptException">Its cursor is outside the log; the message names the gap.</exception>
    public LogConsumer OpenConsumer(string name, RecordKinds kinds, LogPosition start)
    {
        lock (_gate)
        {
            return Open_NeedsLock(name, kinds, _state.Cursors.TryGetValue(name, out var cursor) ? cursor.Position : start);
        }
    }

    /// <summary>
    /// Opens a consumer that keeps its own cursor (in its database, with the data): <paramref name="cursor"/> is authoritative. If it lies behind
    /// the end of the same log, that end is lost: it is reported, and the log goes on behind the cursor.
    /// </summary>
    /// <param name="name">Its name: lower case and hyphens.</param>
    /// <param name="kinds">What it wants to see.</param>
    /// <param name="cursor">Everything before it is consumed.</param>
    /// <param name="cursorIdentity">The <see cref="Identity"/> of the log in which the cursor stands; null where that is not known.</param>
    /// <exception cref="LogCorruptException">The cursor is outside the log, which may be another one; the message names the gap and what to do.</exception>
    public LogConsumer OpenConsumerAt(string name, RecordKinds kinds, LogPosition cursor, Guid? cursorIdentity = null)
    {
        lock (_gate)
        {
            if (cursor > End)
            {
                GoOnBehind_NeedsLock(name, cursor, cursorIdentity);
            }

            return Open_NeedsLock(name, kinds, cursor, keepsOwnCursor: true);
        }
    }

    /// <summary>
    /// Says that every consumer there is has been opened. Until then one that the log knows of holds all of it; from now on one that was not
    /// opened holds nothing.
    /// </summary>
    /// <returns>The names of those that were not opened.</returns>
    public IReadOnlyList<string> ConsumersAreOpen()
    {
        lock (_gate)
        {
            _consumersAreOpen = true;
            return [.. _state.Cursors.Keys.Where(name => !_recordedCursors.ContainsKey(name)).Order(StringComparer.Ordinal)];
        }
    }

    /// <summary>Whether everything from a place on is still there: a consumer could begin there.</summary>
    public bool Holds(LogPosition position) => position <= End && !IsBeforeOldest(position);

    internal void Close(LogConsumer consumer)
    {
        lock (_gate)
        {
            AddDirtyCursors_NeedsLock();
            if (_pending.RecordCount > 0)
            {
                LetRideAlong_NeedsLock();
            }

            _consumers.Remove(consumer);
        }
    }

    /// <summary>Notes that a cursor has moved; it is written with the next frame, or after a second.</summary>
    internal void CursorMoved()
    {
        lock (_gate)
        {
            LetRideAlong_NeedsLock();
        }
    }

    /// <summary>Under one lock, so that no frame holds the cursor without the outputs, nor an older cursor behind it.</summary>
    internal Commit AppendWithCursor(LogBatch outputs, LogConsumer consumer, Cursor cursor, Urgency urgency)
    {
        lock (_gate)
        {
            outputs.Add(RecordKind.Cursor, topic: null, LogState.CursorBody(consumer.Name, cursor));
            var commit = Append(outputs, urgency);
            consumer.CursorWasAppended(cursor.Position);
            NoteCursor_NeedsLock(consumer.Name, cursor, commit);
            return commit;
        }
    }

    private LogConsumer Open_NeedsLock(string name, RecordKinds kinds, LogPosition position, bool keepsOwnCursor = false)
    {
        ThrowIfFailed();
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_consumers.Any(consumer => consumer.Name == name))
        {
            throw new InvalidOperationException($"The consumer '{name}' is open already.");
        }

        // Between two segments, at the end of one that was consumed and deleted, nothing is missing.
        if (IsBeforeOldest(position))
        {
            throw new LogCorruptException(
                _options.Directory, position.Address, $"the cursor of '{name}' stands here, but the log begins at {Start}: what lies between is gone");
        }

        var delivered = new DeliveredSequences(_state.Topics.InOrder, kinds, caughtUp: position >= End);
        var consumer = new LogConsumer(this, name, kinds, position, delivered, _state.Paused.Contains(name), keepsOwnCursor);
        _consumers.Add(consumer);
        _recordedCursors.TryAdd(name, new RecordedCursor(position));
        if (!_state.Cursors.ContainsKey(name))
        {
            // From now on it holds the log, also over a restart before it has consumed anything.
            consumer.RecordPassedOver();
            LetRideAlong_NeedsLock();
        }

        if (position < End)
        {
            LearnDelivered(consumer, position, End);
        }

        return consumer;
    }

    /// <summary>
    /// The cursor shows that acknowledged records are lost. What comes next stands behind it: no address is used twice, and the consumer takes
    /// nothing for consumed that it has not seen. In a log that is not known to be the same the cursor says nothing.
    /// </summary>
    private void GoOnBehind_NeedsLock(string name, LogPosition cursor, Guid? cursorIdentity)
    {
        if (cursor.Address > _nextBase)
        {
            if (cursorIdentity != _identity)
            {
                var which = cursorIdentity is null
                    ? "either its end was cut off, or it is another or an older log than the one of that cursor"
                    : "it is another log than the one of that cursor";
                throw new LogCorruptException(
                    _options.Directory,
                    cursor.Address,
                    $"the cursor of '{name}' stands here, but the log ends at {End}: {which}. Restore the log that belongs to '{name}', or move what '{name}' has stored away: it is then filled anew from this log");
            }

            _epoch++; // Numbers that were lost may be given again.
            Volatile.Write(ref _nextBase, cursor.Address);
        }

        NoteLostTail(cursor, $"the consumer '{name}'");
        RequestHousekeeping();
    }

    private void AddDirtyCursors_NeedsLock()
    {
        foreach (var consumer in _consumers)
        {
            if (consumer.TakeDirtyCursor() is { } cursor)
            {
                var body = LogState.CursorBody(consumer.Name, cursor);
                Add_NeedsLock(RecordKind.Cursor, topic: null, body, default);
                NoteCursor_NeedsLock(consumer.Name, cursor, _pending.Commit);
            }
        }
    }

    private bool IsBeforeOldest(LogPosition position) =>
        _segments is [var oldest, ..] && position < Start && position.Address < oldest.Header.PrecedingEnd;

    private void NoteCursor_NeedsLock(string consumer, Cursor cursor, Commit commit)
    {
        _recordedCursors[consumer].Append(cursor.Position, commit);
        _state.Cursors[consumer] = cursor;
    }

    /// <summary>
    /// Where a consumer would go on after a crash: at its own cursor, or at the newest in the log that is durable. What it has passed over
    /// or done since is not gone for it before that is recorded.
    /// </summary>
    private LogPosition WouldGoOnFrom_NeedsLock(LogConsumer consumer) => LogPosition.Earlier(
        consumer.HeldFrom, consumer.KeepsOwnCursor ? consumer.Advanced : _recordedCursors[consumer.Name].Durable);

    /// <summary>Looks at the frame at a place for its number and time; rare, so nothing is kept for it.</summary>
    private ConsumerStatus StatusOf(LogConsumer consumer)
    {
        var position = consumer.Position;
        using var reader = new LogReader(this, position, RecordKinds.All);
        return reader.TryReadAny(out var frame)
            ? new ConsumerStatus(consumer.Name, position, Math.Max(0, Volatile.Read(ref _nextRecord) - frame.FirstRecord), frame.FirstTime, consumer.IsPaused)
            : new ConsumerStatus(consumer.Name, position, 0, null, consumer.IsPaused);
    }
}
