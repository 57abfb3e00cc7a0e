namespace IoTGateway.Queue;

/// <summary>How much of a consumer's cursor would still be there after a crash. Guarded by the log's append lock.</summary>
/// <param name="durable">Where the consumer went on, or began, when it was opened first.</param>
internal sealed class RecordedCursor(LogPosition durable)
{
    private LogPosition _durable = durable;
    private LogPosition _newest;
    private Commit? _commit;

    /// <summary>The newest cursor that is known to be on disk.</summary>
    public LogPosition Durable => _commit is { IsDurable: true } ? _newest : _durable;

    /// <summary>A newer cursor was appended.</summary>
    public void Append(LogPosition position, Commit commit) => (_durable, _newest, _commit) = (Durable, position, commit);
}
