using System.Runtime.ExceptionServices;

namespace IoTGateway.Rules.Engine;

/// <summary>
/// A thread for each shard but the first, whose work the caller does. They sleep between pieces of work, and are gone with it. Used by one thread at a time.
/// </summary>
internal sealed class ShardThreads : IDisposable
{
    private readonly Thread[] _threads;
    private readonly SemaphoreSlim[] _work;
    private readonly SemaphoreSlim _done = new(0);

    // By shard, what went wrong in the present piece of work.
    private readonly Exception?[] _failures;

    // Written before threads are woken, read by them: the semaphores order it. Null: the end.
    private Action<int>? _step;

    public ShardThreads(int shards)
    {
        _failures = new Exception?[shards];
        _work = [.. Enumerable.Range(1, shards - 1).Select(_ => new SemaphoreSlim(0))];
        _threads = [.. Enumerable.Range(1, shards - 1).Select(shard => new Thread(() => Work(shard)) { IsBackground = true, Name = $"rules, shard {shard}" })];
        Array.ForEach(_threads, thread => thread.Start());
    }

    /// <summary>Whether any thread is still there.</summary>
    public bool AnyAlive => Array.Exists(_threads, thread => thread.IsAlive);

    /// <summary>Does a step of every shard, side by side, and waits for all. If some fail, the failure of the first of them is thrown.</summary>
    public void Run(Action<int> step)
    {
        _step = step;
        Array.ForEach(_work, work => work.Release());
        Do(0, step);
        foreach (var _ in _threads)
        {
            _done.Wait();
        }

        ThrowFirst();
    }

    /// <summary>The same, one after the other in the caller's thread: worth it where there is little to do.</summary>
    public void RunHere(Action<int> step)
    {
        for (var shard = 0; shard < _failures.Length; shard++)
        {
            Do(shard, step);
        }

        ThrowFirst();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _step = null;
        Array.ForEach(_work, work => work.Release());
        Array.ForEach(_threads, thread => thread.Join());
        Array.ForEach(_work, work => work.Dispose());
        _done.Dispose();
    }

    private void Work(int shard)
    {
        while (true)
        {
            _work[shard - 1].Wait();
            if (_step is not { } step)
            {
                return;
            }

            Do(shard, step);
            _done.Release();
        }
    }

    /// <summary>A failure is the caller's to see, in its own thread; the other shards come to the end of their step.</summary>
    private void Do(int shard, Action<int> step)
    {
        try
        {
            step(shard);
        }
#pragma warning disable CA1031 // Whatever it is, it is thrown on once all shards stand still.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _failures[shard] = failure;
        }
    }

    private void ThrowFirst()
    {
        if (Array.Find(_failures, failure => failure is not null) is { } first)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
