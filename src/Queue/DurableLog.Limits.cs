using IoTGateway.Queue.Files;
using IoTGateway.Queue.Limits;
using IoTGateway.Queue.Records;

namespace IoTGateway.Queue;

/// <content>
/// Full means told: above the high-water mark no reading is taken, while everything the gateway itself has to write goes on. A reserve file
/// keeps room for that on a volume that others fill too; it is given up when a write finds no space.
/// </content>
public sealed partial class DurableLog
{
    private static readonly TimeSpan MeasureInterval = TimeSpan.FromSeconds(1);

    private DiskBudget _budget;
    private readonly object _measureGate = new();
    private ITimer? _measureTimer;
    private TaskCompletionSource? _space;
    private volatile bool _full;
    private bool _holdsReserve;

    /// <summary>Written since the space was last measured. Owned by the writer.</summary>
    private long _unmeasuredBytes;

    /// <summary>Whether the log takes no readings until some are drained, or the volume has room again.</summary>
    public bool IsFull => _full;

    /// <summary>Whether the log is so large, or the volume so full, that whoever holds what is consumed should let it go.</summary>
    public bool IsTight => _budget.IsTight;

    private string ReservePath => Path.Combine(_options.Directory, "reserve");

    private long UsedBytes => _segments.Sum(segment => Math.Max(0, segment.End - segment.BaseAddress));

    /// <summary>Waits until readings are taken again, or the log has stopped.</summary>
    public Task WaitForSpaceAsync(CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (!_full || _failure is not null || _disposed)
            {
                return Task.CompletedTask;
            }

            _space ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _space.Task.WaitAsync(cancellation);
        }
    }

    private static bool IsReading(RecordKind kind) => kind is RecordKind.Reading or RecordKind.DeviceStatus;

    private void StartMeasuring()
    {
        _full = _state.IsFull;
        _budget = new DiskBudget(_options.DiskLimitBytes, _options.ReserveBytes, _full);
        Measure();
        TellClock();
        _measureTimer = _clock.CreateTimer(_ => LookAround(), null, MeasureInterval, MeasureInterval);
    }

    private void LookAround()
    {
        Measure();
        TellClock();
    }

    /// <summary>Called by the writer after each frame: between two ticks of the timer much can be written.</summary>
    private void MeasureAfter(int bytes)
    {
        _unmeasuredBytes += bytes;
        if (_unmeasuredBytes > Math.Min(_options.SegmentSizeBytes, _budget.HighWaterBytes / 16))
        {
            _unmeasuredBytes = 0;
            Measure();
        }
    }

    private void Measure()
    {
        lock (_measureGate)
        {
            if (_disposed || _failure is not null)
            {
                return;
            }

            try
            {
                var available = _disk.AvailableBytes(_options.Directory);
                KeepReserve(available);
                var used = UsedBytes;
                _budget.Update(used, available);
                if (_budget.IsFull != _full)
                {
                    Tell(new AdmissionRecord(_budget.IsFull, used, _budget.HighWaterBytes, available));
                }
            }
            catch (Exception failure)
            {
                Fail(failure);
                return;
            }
        }

        if (_budget.IsTight)
        {
            RequestHousekeeping();
        }
    }

    /// <summary>Records the change, once, so that whoever tells people can; lets in those who wait.</summary>
    private void Tell(AdmissionRecord change)
    {
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            _full = change.IsFull;
            _state.IsFull = change.IsFull;
            Add_NeedsLock(RecordKind.Admission, topic: null, change.Write(), default);
            WakeWriter_NeedsLock();
            if (!change.IsFull)
            {
                (waiting, _space) = (_space, null);
            }
        }

        waiting?.SetResult();
    }

    /// <summary>
    /// Holds the reserve that an earlier run has left, also where the volume has no room for another: what is written first may need it. One that is
    /// not of the size that is set now gives its room back; another is made when there is room.
    /// </summary>
    private void FindReserve()
    {
        if (!_disk.ListFiles(_options.Directory).Contains(Path.GetFileName(ReservePath), StringComparer.Ordinal))
        {
            return;
        }

        using (var file = _disk.OpenFile(ReservePath))
        {
            _holdsReserve = _options.ReserveBytes > 0 && file.Length == _options.ReserveBytes;
        }

        if (!_holdsReserve)
        {
            _disk.DeleteFile(ReservePath);
        }
    }

    private void KeepReserve(long available)
    {
        if (_options.ReserveBytes == 0 || _holdsReserve || available < 4 * _options.ReserveBytes)
        {
            return;
        }

        try
        {
            _disk.Allocate(ReservePath, _options.ReserveBytes);
            _holdsReserve = true;
        }
        catch (IOException failure) when (failure.IsDiskFull())
        {
            // Others were quicker. The next measurement finds the volume full.
        }
    }

    /// <summary>Gives up the reserve for what has to be written now, here or beside the log; false if there is none.</summary>
    public bool GiveUpReserve()
    {
        lock (_measureGate)
        {
            if (!_holdsReserve)
            {
                return false;
            }

            _holdsReserve = false;
            _disk.DeleteFile(ReservePath);
            return true;
        }
    }
}
