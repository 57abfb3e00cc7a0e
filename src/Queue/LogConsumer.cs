namespace IoTGateway.Queue;

/// <summary>A reader with a name and a durable cursor; drains independently of all others. For one thread at a time.</summary>
public sealed class LogConsumer : IDisposable
{
    /// <summary>Its name.</summary>
    public string Name => throw new NotImplementedException();

    /// <summary>All before it is consumed: its cursor, durable or about to be.</summary>
    public LogPosition Position => throw new NotImplementedException();

    /// <summary>
    /// The log is kept from here on for this consumer. Follows <see cref="Position"/> unless set: one that rebuilds its state from an own
    /// checkpoint holds the log from that checkpoint on.
    /// </summary>
    public LogPosition HeldFrom { get => throw new NotImplementedException(); set => throw new NotImplementedException(); }

    /// <summary>The next committed frame that holds a record of its kinds; false when there is none yet. Does not move the cursor.</summary>
    public bool TryRead(out LogFrame frame) => throw new NotImplementedException();

    /// <summary>Waits until there may be something to read.</summary>
    public Task WaitAsync(CancellationToken cancellation) => throw new NotImplementedException();

    /// <summary>At least once: everything before <paramref name="position"/> is done. The cursor rides along with the next commit.</summary>
    public void Advance(LogPosition position) => throw new NotImplementedException();

    /// <summary>Exactly once: appends the outputs and the cursor together.</summary>
    public Commit Advance(LogPosition position, LogBatch outputs) => throw new NotImplementedException();

    /// <summary>Closes it; its cursor stays in the log and holds nothing until it is opened again.</summary>
    public void Dispose() => throw new NotImplementedException();
}
