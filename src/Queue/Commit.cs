namespace IoTGateway.Queue;

/// <summary>The moment at which appended records become durable. Shared by all records of one group commit.</summary>
public sealed class Commit
{
    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when the records are on disk (fsynced); faults with <see cref="LogFailedException"/> when they never will be.</summary>
    public Task Task => _source.Task;

    /// <summary>Whether the records are on disk.</summary>
    public bool IsDurable => _source.Task.IsCompletedSuccessfully;

    internal void Succeed() => _source.TrySetResult();

    internal void Fail(Exception failure)
    {
        _source.TrySetException(failure);
        _ = _source.Task.Exception; // Seen here: not every appender waits.
    }
}
