using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <content>The one thread that writes: takes the pending frame, writes and flushes it, then tells everybody who waits.</content>
public sealed partial class DurableLog
{
    private Thread? _writerThread;
    private PendingFrame _writing = new();

    // Owned by the writer thread.
    private IDiskFile? _activeFile;
    private Segment? _active;
    private long _nextBatch = 1;
    private long _nextRecord;
    private Guid _identity;
    private uint _epoch;

    /// <summary>No segment begins before this address: everything up to it was given before. Set at the start, and under the gate.</summary>
    private long _nextBase;

    private TaskCompletionSource? _committed;

    /// <summary>Completes once <see cref="End"/> has moved beyond a place, or the log has stopped.</summary>
    public Task WaitBeyondAsync(LogPosition position, CancellationToken cancellation)
    {
        if (End > position)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            if (End > position || _failure is not null || _disposed)
            {
                return Task.CompletedTask;
            }

            _committed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _committed.Task.WaitAsync(cancellation);
        }
    }

    private void StartWriter()
    {
        _writerThread = new Thread(WriteUntilDisposed) { Name = "log writer", IsBackground = true };
        _writerThread.Start();
    }

    private void WriteUntilDisposed()
    {
        while (TryTakeFrame(wait: true) && TryCommitFrame())
        {
        }

        TellWaiters();
    }

    /// <summary>One turn of the writer's thread, for a simulation that takes its place; false if nothing was urgent or the log has stopped.</summary>
    internal bool WriteNext() => TryTakeFrame(wait: false) && TryCommitFrame();

    private bool TryCommitFrame()
    {
        try
        {
            WriteFrame(_writing);
        }
        catch (Exception failure)
        {
            Fail(failure);
            return false;
        }

        _writing.Commit.Succeed();
        TellWaiters();
        return true;
    }

    /// <summary>Waits for something urgent and swaps the frames; false when the log is closed and nothing waits.</summary>
    /// <param name="wait">Whether to wait; if not, false also where nothing is urgent.</param>
    private bool TryTakeFrame(bool wait)
    {
        lock (_gate)
        {
            do
            {
                while (wait && !_urgent && !_disposed && _failure is null)
                {
                    Monitor.Wait(_gate);
                }

                if (_failure is not null || (!_urgent && !_disposed))
                {
                    return false;
                }

                AddDirtyCursors_NeedsLock();
                _urgent = false;
                _rideAlongWaits = false;
                if (_pending.RecordCount == 0 && _disposed)
                {
                    return false;
                }
            }
            while (_pending.RecordCount == 0);

            (_pending, _writing) = (_writing, _pending);
            _pending.Clear();
            _room?.SetResult();
            _room = null;
            Monitor.PulseAll(_gate); // Appenders that block for room.
            return true;
        }
    }

    private void WriteFrame(PendingFrame frame)
    {
        if (_active is null
            || _active.End < Volatile.Read(ref _nextBase)
            || (_active.End - _active.BaseAddress + frame.Length > _options.SegmentSizeBytes && _active.End > _active.FirstFrame))
        {
            BeginSegment();
        }

        var address = _active!.End;
        var began = _clock.GetTimestamp();
        FrameHeader.Write(frame.Bytes, address, _nextBatch, _nextRecord, frame.RecordCount);
        WriteOrGiveUpReserve(_activeFile!, frame.Bytes, address - _active.BaseAddress);
        _activeFile!.Flush();
        _nextBatch++;
        _nextRecord += frame.RecordCount;
        _active.End = address + frame.Length;
        Volatile.Write(ref _end, _active.End);
        _meter.Committed(_clock.GetElapsedTime(began), frame.Length, frame.RecordCount);
        MeasureAfter(frame.Length);
    }

    /// <summary>A write that found no space has promised nothing: with the reserve given up it is tried once more.</summary>
    private void WriteOrGiveUpReserve(IDiskFile file, ReadOnlySpan<byte> bytes, long offset)
    {
        try
        {
            file.Write(bytes, offset);
        }
        catch (IOException full) when (full.IsDiskFull() && GiveUpReserve())
        {
            file.Write(bytes, offset);
        }
    }

    private IDiskFile CreateOrGiveUpReserve(string path)
    {
        try
        {
            return _disk.CreateFile(path);
        }
        catch (IOException full) when (full.IsDiskFull() && GiveUpReserve())
        {
            return _disk.CreateFile(path);
        }
    }

    /// <summary>Makes the next segment's file, durable with its name before anything in it can be acknowledged.</summary>
    private void BeginSegment()
    {
        var precedingEnd = _active?.End ?? (_segments is [.., var last] ? last.End : 0);
        var header = new SegmentHeader(_identity, _epoch, Math.Max(_active?.End ?? 0, Volatile.Read(ref _nextBase)), precedingEnd);
        var path = Path.Combine(_options.Directory, Segment.NameOf(header.BaseAddress));
        var file = CreateOrGiveUpReserve(path);
        Span<byte> bytes = stackalloc byte[SegmentHeader.SizeBytes];
        header.Write(bytes);
        WriteOrGiveUpReserve(file, bytes, 0);
        file.Flush();
        _disk.FlushDirectory(_options.Directory);

        _activeFile?.Dispose();
        _activeFile = file;
        _active = new Segment(path, header, header.BaseAddress + SegmentHeader.SizeBytes);
        lock (_gate)
        {
            _segments = [.. _segments, _active];
        }

        if (precedingEnd > 0)
        {
            SegmentWasSealed();
        }
    }

    private void TellWaiters()
    {
        TaskCompletionSource? committed;
        lock (_gate)
        {
            committed = _committed;
            _committed = null;
        }

        committed?.SetResult();
    }
}
