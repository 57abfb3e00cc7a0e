namespace IoTGateway.Queue;

/// <content>Standing still when told to, and what it has delivered of each topic.</content>
public sealed partial class LogConsumer
{
    private readonly Lock _pauseGate = new();
    private CancellationTokenSource? _pausing = new();
    private TaskCompletionSource? _resumed;

    /// <summary>Whether it was told to stand still: nothing is read until it is resumed. Kept over restarts.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_pauseGate)
            {
                return _resumed is not null;
            }
        }
    }

    /// <summary>Whether the last <see cref="TryRead"/> found nothing since it was paused: there may be more.</summary>
    public bool StoodStill { get; private set; }

    /// <summary>Cancelled when it is paused; another one after it was resumed.</summary>
    public CancellationToken Pausing
    {
        get
        {
            lock (_pauseGate)
            {
                return _pausing?.Token ?? new CancellationToken(canceled: true);
            }
        }
    }

    /// <summary>What it has delivered of each topic.</summary>
    internal DeliveredSequences Delivered { get; }

    /// <summary>Whether a record counts as delivered once it is looked at; otherwise whoever delivers it says so.</summary>
    internal bool MarksWhatIsRead { get; set; } = true;

    /// <summary>Completes at once unless it is paused, then when it is resumed.</summary>
    public Task WaitUntilResumedAsync(CancellationToken cancellation)
    {
        lock (_pauseGate)
        {
            return _resumed?.Task.WaitAsync(cancellation) ?? Task.CompletedTask;
        }
    }

    /// <summary>Reads again from the cursor on: what was read but not consumed comes again.</summary>
    public void Rewind()
    {
        _reader.MoveTo(Position);
        _deliveredEnd = Position.Address;
    }

    internal void SetPaused(bool paused)
    {
        CancellationTokenSource? pausing = null;
        TaskCompletionSource? resumed = null;
        lock (_pauseGate)
        {
            if (paused == (_resumed is not null))
            {
                return;
            }

            if (paused)
            {
                (pausing, _pausing) = (_pausing, null);
                _resumed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }
            else
            {
                _pausing = new CancellationTokenSource();
                (resumed, _resumed) = (_resumed, null);
            }
        }

        pausing?.Cancel();
        pausing?.Dispose();
        resumed?.SetResult();
    }
}
