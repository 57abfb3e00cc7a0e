using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <content>
/// In the background: whenever a segment is sealed, the projections' checkpoints are brought up to its end, so that a start reads only
/// the unsealed tail; then segments nobody needs any more are deleted.
/// </content>
public sealed partial class DurableLog
{
    private static readonly TimeSpan RetentionInterval = TimeSpan.FromMinutes(1);

    private readonly object _housekeepingGate = new();
    private Thread? _housekeeper;
    private readonly ITimer _retentionTimer;

    /// <summary>Base addresses of the segments that have an index, or cannot have one. Owned by the housekeeper once it runs.</summary>
    private readonly HashSet<long> _indexed = [];

    /// <summary>Base addresses whose index is there but not what was written.</summary>
    private readonly HashSet<long> _unreadableIndexes = [];

    private LogPosition _sealedEnd;
    private LogPosition _checkpointed;
    private bool _housekeepingDue;
    private bool _housekeepingStopped;

    private void StartHousekeeping()
    {
        _housekeeper = new Thread(KeepHouse) { Name = "log housekeeping", IsBackground = true };
        _housekeeper.Start();
    }

    private void StopHousekeeping()
    {
        _retentionTimer.Dispose();
        lock (_housekeepingGate)
        {
            _housekeepingStopped = true;
            Monitor.Pulse(_housekeepingGate);
        }

        _housekeeper?.Join();
    }

    /// <summary>Called by the writer when it has begun a new segment: everything before it is sealed.</summary>
    private void SegmentWasSealed()
    {
        lock (_housekeepingGate)
        {
            _sealedEnd = new LogPosition(_active!.Header.PrecedingEnd);
        }

        RequestHousekeeping();
    }

    private void RequestHousekeeping()
    {
        lock (_housekeepingGate)
        {
            _housekeepingDue = true;
            Monitor.Pulse(_housekeepingGate);
        }
    }

    private void KeepHouse()
    {
        while (TakeHousekeeping(wait: true) is { } sealedEnd && TryKeepHouse(sealedEnd))
        {
        }
    }

    /// <summary>One turn of the housekeeping thread, for a simulation that takes its place; false if nothing was due or the log has stopped.</summary>
    internal bool KeepHouseNext() => TakeHousekeeping(wait: false) is { } sealedEnd && TryKeepHouse(sealedEnd);

    private bool TryKeepHouse(LogPosition sealedEnd)
    {
        if (Failure is not null)
        {
            return false; // A deletion that failed must not be followed by another.
        }

        try
        {
            RecordDamage();
            if (sealedEnd > _checkpointed && UnlessFull(() => WriteCheckpoints(sealedEnd)))
            {
                _checkpointed = sealedEnd;
            }

            DeleteConsumedSegments();
            UnlessFull(IndexSealedSegments);
            LearnDelivered();
            return true;
        }
        catch (Exception failure)
        {
            Fail(failure);
            return false;
        }
    }

    /// <summary>Does what needs room on the volume; false if there is none. It can wait: while the volume is that full it is tried again with each measurement.</summary>
    private static bool UnlessFull(Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (DiskFullException)
        {
            return false;
        }
    }

    private LogPosition? TakeHousekeeping(bool wait)
    {
        lock (_housekeepingGate)
        {
            while (wait && !_housekeepingDue && !_housekeepingStopped)
            {
                Monitor.Wait(_housekeepingGate);
            }

            var due = _housekeepingDue && !_housekeepingStopped;
            _housekeepingDue = false;
            return due ? _sealedEnd : null;
        }
    }

    /// <summary>Replays into fresh projections rather than asking the live ones: a checkpoint is then exactly the state at its place.</summary>
    private void WriteCheckpoints(LogPosition end)
    {
        var state = new LogState();
        var fresh = _projections.Select(projection => projection.CreateEmpty()).ToArray();
        Replay(state, fresh, end);
        foreach (var projection in fresh.Prepend(state))
        {
            SaveCheckpoint(Checkpoints, projection, end);
        }
    }

    /// <summary>Deletes the oldest segments that every consumer and every older checkpoint are past and whose retention is over.</summary>
    private void DeleteConsumedSegments()
    {
        var needed = NeededFrom();
        var segments = _segments;
        var total = segments.Sum(segment => segment.End - segment.BaseAddress);
        var oldestKept = Clock.GetUtcNow() - _options.RetentionAge;
        var deleted = 0;
        for (; deleted < segments.Length - 1; deleted++)
        {
            var segment = segments[deleted];
            if (!_budget.IsTight && total <= _options.RetentionBytes && NewestTimeOf(segments[deleted + 1]) >= oldestKept)
            {
                break;
            }

            if (new LogPosition(segment.End) > needed)
            {
                RecordPassedOver(segment.End);
                break;
            }

            total -= segment.End - segment.BaseAddress;
        }

        if (deleted == 0)
        {
            return;
        }

        lock (_gate)
        {
            _segments = _segments[deleted..];
        }

        foreach (var segment in segments[..deleted])
        {
            // One after the other: at a crash names that were deleted may come back, and an old one without its successors would look like a gap.
            _disk.DeleteFile(segment.Path);
            DeleteIndex(segment.BaseAddress);
            _disk.FlushDirectory(_options.Directory);
        }
    }

    /// <summary>Writes the index of each sealed segment that has none yet; a damaged one gets none.</summary>
    private void IndexSealedSegments()
    {
        foreach (var segment in SealedSegments.Where(segment => !_indexed.Contains(segment.BaseAddress)))
        {
            if (SegmentIndex.Build(_disk, segment) is { } index)
            {
                index.Save(_disk, _options.Directory);
                if (_unreadableIndexes.Remove(segment.BaseAddress))
                {
                    _options.IndexMadeAnew?.Invoke(SegmentIndex.NameOf(segment.BaseAddress));
                }
            }

            _indexed.Add(segment.BaseAddress);
        }
    }

    private IEnumerable<Segment> SealedSegments => _segments.SkipLast(1);

    /// <summary>Whether a crash, or the disk, has left a sealed segment without an index. Asked at the start.</summary>
    private bool IsIndexMissing => SealedSegments.Any(segment => !_indexed.Contains(segment.BaseAddress));

    /// <summary>Notes which segments have an index that fits; one that outlived its segment goes.</summary>
    private void FindIndexes()
    {
        foreach (var name in _disk.ListFiles(_options.Directory))
        {
            if (SegmentIndex.AddressOf(name) is not { } address)
            {
                continue;
            }

            if (SegmentIndex.Read(_disk, _options.Directory, address) is not null)
            {
                _indexed.Add(address);
            }
            else
            {
                _unreadableIndexes.Add(address);
            }

            if (!Array.Exists(_segments, segment => segment.BaseAddress == address) && address < Start.Address)
            {
                DeleteIndex(address);
            }
        }
    }

    private void DeleteIndex(long baseAddress)
    {
        _indexed.Remove(baseAddress);
        try
        {
            _disk.DeleteFile(Path.Combine(_options.Directory, SegmentIndex.NameOf(baseAddress)));
        }
        catch (FileNotFoundException)
        {
            // A damaged segment never had one.
        }
    }

    /// <summary>Consumers that are past a place, but whose cursors in the log are not, have them written, so that the segment can go next time.</summary>
    private void RecordPassedOver(long place)
    {
        lock (_gate)
        {
            var lagging = _consumers.FindAll(
                consumer => !consumer.KeepsOwnCursor && consumer.HeldFrom.Address >= place && WouldGoOnFrom_NeedsLock(consumer).Address < place);
            lagging.ForEach(consumer => consumer.RecordPassedOver());
            if (lagging.Count > 0)
            {
                LetRideAlong_NeedsLock();
            }
        }
    }

    private LogPosition NeededFrom()
    {
        var needed = End;
        lock (_gate)
        {
            // One that was closed goes on where its cursor stands; what one holds that was not opened yet since the start is not known.
            foreach (var name in _state.Cursors.Keys.Where(name => !_consumers.Exists(consumer => consumer.Name == name)))
            {
                if (_recordedCursors.TryGetValue(name, out var cursor))
                {
                    needed = LogPosition.Earlier(needed, cursor.Durable);
                }
                else if (!_consumersAreOpen)
                {
                    needed = LogPosition.Beginning;
                }
            }

            foreach (var consumer in _consumers)
            {
                needed = LogPosition.Earlier(needed, WouldGoOnFrom_NeedsLock(consumer));
            }
        }

        foreach (var name in _projections.Select(projection => projection.Name).Prepend(LogState.CheckpointName))
        {
            needed = LogPosition.Earlier(needed, Checkpoints.OldestPosition(name) ?? LogPosition.Beginning);
        }

        return needed;
    }

    /// <summary>Nothing in the segment before is newer than the first record of this one.</summary>
    private DateTimeOffset NewestTimeOf(Segment following)
    {
        using var reader = new LogReader(this, new LogPosition(following.FirstFrame), RecordKinds.All);
        return reader.TryReadAny(out var frame) ? DateTimeOffset.FromUnixTimeMilliseconds(frame.FirstTime) : DateTimeOffset.MaxValue;
    }
}
