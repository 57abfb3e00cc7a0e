namespace IoTGateway.Queue;

/// <summary>The moment at which appended records become durable. Shared by all records of one group commit.</summary>
public sealed class Commit : IThreadPoolWorkItem
{
    /// <summary>How many waiters one thread tells: few enough that other threads share the work, enough that they do not wake for each.</summary>
    private const int WaitersAtOnce = 16;

    private static readonly CommitWaiter Nobody = new ClosedList();

    private readonly TaskCompletionSource _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Those who wait, newest first; <see cref="Nobody"/> once the commit has completed.</summary>
    private CommitWaiter? _waiters;

    /// <summary>Those who have not been told yet, oldest first. Belongs to the one thread that runs or queues the telling.</summary>
    private CommitWaiter? _untold;

    /// <summary>Completes when the records are on disk (fsynced); faults with <see cref="LogFailedException"/> when they never will be.</summary>
    public Task Task => _source.Task;

    /// <summary>Whether the records are on disk.</summary>
    public bool IsDurable => _source.Task.IsCompletedSuccessfully;

    /// <summary>Has somebody told when <see cref="Task"/> completes; at once, in this thread, if it has.</summary>
    public void Notify(CommitWaiter waiter)
    {
        ArgumentNullException.ThrowIfNull(waiter);
        var newest = Volatile.Read(ref _waiters);
        while (!ReferenceEquals(newest, Nobody))
        {
            waiter.Next = newest;
            var seen = Interlocked.CompareExchange(ref _waiters, waiter, newest);
            if (ReferenceEquals(seen, newest))
            {
                return;
            }

            newest = seen;
        }

        waiter.Next = null;
        waiter.CommitCompleted();
    }

    void IThreadPoolWorkItem.Execute()
    {
        var waiter = _untold;
        var last = waiter;
        for (var count = 1; count < WaitersAtOnce && last?.Next is { } next; count++)
        {
            last = next;
        }

        if (last is null)
        {
            return;
        }

        // The rest is another thread's work, if one is free.
        _untold = last.Next;
        last.Next = null;
        if (_untold is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }

        while (waiter is not null)
        {
            var next = waiter.Next; // The waiter may wait for another commit as soon as it is told.
            waiter.Next = null;
            waiter.CommitCompleted();
            waiter = next;
        }
    }

    internal void Succeed()
    {
        _source.TrySetResult();
        TellWaiters();
    }

    internal void Fail(Exception failure)
    {
        if (_source.TrySetException(failure))
        {
            _ = _source.Task.Exception; // Seen here: not every appender waits.
            TellWaiters();
        }
    }

    private void TellWaiters()
    {
        var newest = Interlocked.Exchange(ref _waiters, Nobody);
        while (newest is not null)
        {
            (newest.Next, _untold, newest) = (_untold, newest, newest.Next);
        }

        if (_untold is not null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Stands for the list of a commit that has completed.</summary>
    private sealed class ClosedList : CommitWaiter
    {
        public override void CommitCompleted()
        {
        }
    }
}
