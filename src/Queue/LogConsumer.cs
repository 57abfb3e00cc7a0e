namespace IoTGateway.Queue;

/// <summary>A reader with a name and a durable cursor; drains independently of all others. For one thread at a time.</summary>
public sealed partial class LogConsumer : IDisposable
{
    private readonly DurableLog _log;
    private readonly RecordKinds _kinds;
    private readonly LogReader _reader;
    private long _position;
    private long _advanced;
    private long _deliveredEnd;
    private long _heldFrom = -1;
    private int _dirty;

    internal LogConsumer(DurableLog log, string name, RecordKinds kinds, LogPosition position, DeliveredSequences delivered, bool paused, bool keepsOwnCursor)
    {
        _log = log;
        Delivered = delivered;
        SetPaused(paused);
        _kinds = kinds;
        Name = name;
        _position = position.Address;
        _advanced = position.Address;
        KeepsOwnCursor = keepsOwnCursor;
        _reader = log.OpenReader(position, kinds);
    }

    /// <summary>What it wants to see.</summary>
    public RecordKinds Kinds => _kinds;

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>All before it is consumed: its cursor, durable or about to be.</summary>
    public LogPosition Position => new(Volatile.Read(ref _position));

    /// <summary>
    /// The log is kept from here on for this consumer. Follows <see cref="Position"/> unless set: one that rebuilds its state from an own
    /// checkpoint holds the log from that checkpoint on.
    /// </summary>
    public LogPosition HeldFrom
    {
        get => Volatile.Read(ref _heldFrom) is >= 0 and var held ? new LogPosition(held) : Position;
        set => Volatile.Write(ref _heldFrom, value.Address);
    }

    /// <summary>
    /// The next committed frame that holds a record of its kinds; false when there is none yet, or while it is paused. Does not move the cursor
    /// over it.
    /// </summary>
    public bool TryRead(out LogFrame frame)
    {
        StoodStill = IsPaused;
        if (StoodStill)
        {
            frame = default;
            return false;
        }

        var found = _reader.TryRead(out frame);
        if (_position >= _deliveredEnd)
        {
            // Nothing is open. What it did not want is consumed too; that alone is not worth a record.
            Volatile.Write(ref _position, found ? frame.Position.Address : _reader.Position.Address);
        }

        if (found)
        {
            _deliveredEnd = frame.Next.Address;
            frame = frame.Marking(MarksWhatIsRead ? Delivered : null);
        }

        return found;
    }

    /// <summary>Waits until there may be something to read.</summary>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        await WaitUntilResumedAsync(cancellation).ConfigureAwait(false);
        await _log.WaitBeyondAsync(_reader.Position, cancellation).ConfigureAwait(false);
    }

    /// <summary>At least once: everything before <paramref name="position"/> is done. The cursor rides along with the next commit.</summary>
    public void Advance(LogPosition position)
    {
        MoveTo(position);
        if (Interlocked.Exchange(ref _dirty, 1) == 0)
        {
            _log.CursorMoved();
        }
    }

    /// <summary>Exactly once: appends the outputs and the cursor together.</summary>
    /// <param name="position">Everything before it is done.</param>
    /// <param name="outputs">What came of it; the cursor is added to it.</param>
    /// <param name="urgency">Whether somebody waits for it.</param>
    public Commit Advance(LogPosition position, LogBatch outputs, Urgency urgency = Urgency.Now)
    {
        ArgumentNullException.ThrowIfNull(outputs);
        return _log.AppendWithCursor(outputs, this, new Cursor(position, _kinds), urgency);
    }

    /// <summary>Closes it; its cursor stays in the log and keeps the log from there on, until it is opened again or removed.</summary>
    public void Dispose()
    {
        _log.Close(this);
        _reader.Dispose();
    }

    /// <summary>Whether its cursor is kept elsewhere, with its data; the one in the log is a copy.</summary>
    internal bool KeepsOwnCursor { get; }

    /// <summary>The place it last said it was done up to, without what was passed over behind it.</summary>
    internal LogPosition Advanced => new(Volatile.Read(ref _advanced));

    /// <summary>Called by the log, under its lock, when outputs and cursor are appended.</summary>
    internal void CursorWasAppended(LogPosition position)
    {
        MoveTo(position);
        Interlocked.Exchange(ref _dirty, 0);
    }

    /// <summary>Has the cursor written with the next frame although nothing was done: it holds the log from there on, and no longer what was passed over.</summary>
    internal void RecordPassedOver() => Interlocked.Exchange(ref _dirty, 1);

    /// <summary>The cursor if it has moved since it was last written. Called by the log's writer.</summary>
    internal Cursor? TakeDirtyCursor() => Interlocked.Exchange(ref _dirty, 0) == 1 ? new Cursor(Position, _kinds) : null;

    /// <summary>When everything delivered is done, so is what was passed over behind it.</summary>
    private void MoveTo(LogPosition position)
    {
        Volatile.Write(ref _advanced, position.Address);
        Volatile.Write(ref _position, position.Address >= _deliveredEnd ? Math.Max(position.Address, _reader.Position.Address) : position.Address);
    }
}
