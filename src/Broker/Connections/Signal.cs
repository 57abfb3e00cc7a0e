using System.Threading.Tasks.Sources;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <summary>
/// Wakes one waiter; set while nobody waits, it lets the next waiter pass. Waiting allocates nothing, which is why it is not a semaphore.
/// A commit sets it when it has completed.
/// </summary>
internal sealed class Signal : CommitWaiter, IValueTaskSource
{
    private const int Idle = 0;
    private const int IsSet = 1;
    private const int Waiting = 2;

    private ManualResetValueTaskSourceCore<bool> _source;
    private int _state;

    /// <summary>A signal.</summary>
    /// <param name="continueInline">Whether the waiter goes on in the thread that sets the signal.</param>
    public Signal(bool continueInline) => _source.RunContinuationsAsynchronously = !continueInline;

    /// <summary>Completes when the signal is set, which it then no longer is. For one waiter at a time.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, IsSet) == IsSet)
        {
            return default;
        }

        _source.Reset();
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Idle)
        {
            return new ValueTask(this, _source.Version);
        }

        Volatile.Write(ref _state, Idle); // Set in between.
        return default;
    }

    /// <summary>Sets it.</summary>
    public void Set()
    {
        var state = Volatile.Read(ref _state);
        while (state != IsSet)
        {
            var seen = Interlocked.CompareExchange(ref _state, state == Waiting ? Idle : IsSet, state);
            if (seen == state)
            {
                if (state == Waiting)
                {
                    _source.SetResult(true);
                }

                return;
            }

            state = seen;
        }
    }

    /// <inheritdoc/>
    public override void CommitCompleted() => Set();

    /// <inheritdoc/>
    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    /// <inheritdoc/>
    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    /// <inheritdoc/>
    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
