namespace IoTGateway.Queue;

/// <content>Failing closed: the first failure of a background part is kept, and every later call says so.</content>
public sealed partial class DurableLog
{
    private readonly CancellationTokenSource _failed = new();
    private LogFailedException? _failure;

    /// <summary>Why the log has stopped; null while it works.</summary>
    public LogFailedException? Failure => Volatile.Read(ref _failure);

    /// <summary>Cancelled when the log has stopped.</summary>
    public CancellationToken Failed => _failed.Token;

    private void Fail(Exception cause)
    {
        var failure = new LogFailedException(
            $"The log in {_options.Directory} has stopped and acknowledges nothing more: {cause.Message} Mend the disk, then restart the gateway.", cause);
        Commit[] waiting;
        TaskCompletionSource? room;
        TaskCompletionSource? space;
        lock (_gate)
        {
            if (_failure is not null)
            {
                return;
            }

            Volatile.Write(ref _failure, failure);
            waiting = [_writing.Commit, _pending.Commit];
            room = _room;
            _room = null;
            (space, _space) = (_space, null);
            Monitor.PulseAll(_gate);
        }

        // Whoever is told by a commit finds the log failed in every other way too.
        _failed.Cancel();
        foreach (var commit in waiting)
        {
            commit.Fail(failure);
        }

        room?.SetResult();
        space?.SetResult();
        TellWaiters();
    }

    private void ThrowIfFailed()
    {
        if (Failure is { } failure)
        {
            throw new LogFailedException(failure.Message, failure.InnerException);
        }
    }
}
