using System.Buffers;
using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <content>Opening: finds the segments and where the last one ends, then brings all state up to that end.</content>
/// <remarks>
/// What is found at the end of the log, and what is done:
/// <code>
/// found                                                decision
/// a file shorter than a segment header, or one whose   nothing in it was acknowledged (the header is durable
///   header is not whole and no frame behind it           before the first frame): deleted
/// whole frames up to the end of the file               the log ends there
/// whole frames, then bytes that are no frame           torn: never acknowledged; the log ends before them; a new epoch
/// bytes that are no frame, then a whole frame          damage: gone around, reported; a new epoch, because sequence numbers
///                                                        that were lost may be given again
/// a header that is not whole, frames behind it         damage: the header is made up from the neighbours; reported
/// a checkpoint, or a sink's own cursor in this log,    damage: the tail was acknowledged and is lost; reported; the
///   behind the end of the log                            checkpoint's state is kept, the next segment begins behind it
/// a sink's own cursor behind the end, of another       refuses to open: what the sink has stored belongs to another log
///   log, or of which that is not known
/// </code>
/// In the segments before the last one:
/// <code>
/// bytes that are no frame, before the end that the     damage: gone around and reported by whoever reads there first
///   next segment's header states
/// a file missing, or cut short                         damage: gone around, reported at the start
/// a header that is not whole                           damage: as above; the segment before it is read for its end
/// a file that does not bear its own name               refuses to open: nothing is lost if it is renamed back
/// the newest checkpoint of a projection is damaged     reported, nothing is lost; the older one is used
/// both are damaged and their segments are deleted      refuses to open: alerts, sessions or numbers would be forgotten
/// a version this program does not know                 refuses to open
/// </code>
/// After any of them the next append begins a new segment, behind every byte of the old file, so no address is used twice.
/// </remarks>
public sealed partial class DurableLog
{
    /// <summary>Opens or makes the log, recovers it and brings the projections up to its end.</summary>
    /// <param name="options">Where and how large.</param>
    /// <param name="disk">The door to the file system.</param>
    /// <param name="clock">Gives the records' times.</param>
    /// <param name="projections">State to recover; on return each holds the state at <see cref="End"/>.</param>
    /// <exception cref="LogCorruptException">Something that cannot be gone around is damaged; the message says what to do.</exception>
    /// <exception cref="IOException">The directory cannot be used, or another process has the log open.</exception>
    public static DurableLog Open(LogOptions options, IDisk disk, TimeProvider clock, params IReadOnlyList<IProjection> projections)
    {
        var log = OpenWithoutThreads(options, disk, clock, projections);
        log._meter.Observe(log, log.Clock);
        log.StartWriter();
        log.StartHousekeeping();
        return log;
    }

    /// <summary>The log without its two threads, for a simulation that takes their place: see <see cref="WriteNext"/> and <see cref="KeepHouseNext"/>.</summary>
    internal static DurableLog OpenWithoutThreads(LogOptions options, IDisk disk, TimeProvider clock, params IReadOnlyList<IProjection> projections)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(clock);
        disk.CreateDirectory(options.Directory);
        disk.CreateDirectory(CheckpointDirectory(options));
        var directoryLock = disk.Lock(Path.Combine(options.Directory, "lock"));
        try
        {
            disk.DeleteUnfinished(options.Directory);
            disk.DeleteUnfinished(CheckpointDirectory(options));
            var log = new DurableLog(options, disk, clock, directoryLock, projections);
            log.FindReserve();
            log.Recover();
            log.FindIndexes();
            log._housekeepingDue |= log._damageUnexamined || log.IsIndexMissing;
            log._retentionTimer.Change(RetentionInterval, RetentionInterval);
            log.StartMeasuring();
            return log;
        }
        catch
        {
            directoryLock.Dispose();
            throw;
        }
    }

    private void Recover()
    {
        var files = SegmentDirectory.Read(_disk, _options.Directory);
        foreach (var stillborn in files.Stillborn)
        {
            _disk.DeleteFile(stillborn);
        }

        _segments = [.. files.Segments];
        foreach (var damage in files.Damages)
        {
            NoteDamage(damage);
        }

        _identity = _options.NewIdentity();
        if (_segments is [.., var last])
        {
            _identity = last.Header.LogIdentity != Guid.Empty ? last.Header.LogIdentity : _identity;
            _epoch = last.Header.Epoch;
            RecoverTail(last);
        }

        GoOnBehindCheckpoints();
        Replay(_state, _projections, End);
        Clock.GoOnFrom(DateTimeOffset.FromUnixTimeMilliseconds(_state.LastTime));
        NoteLostCheckpoints();
    }

    private void RecoverTail(Segment last)
    {
        var tail = SegmentDirectory.FindEnd(_disk, last);
        last.End = tail.End;
        _end = tail.End;
        _nextBase = Math.Max(tail.End, tail.FileEnd);
        foreach (var damage in tail.Damages)
        {
            NoteDamage(damage);
        }

        // A torn frame was not acknowledged, unless the disk has spoilt it since. Which numbers its records had is not known for sure:
        // with another epoch no number is given twice.
        _epoch += tail.Damages.Count > 0 || tail.FileEnd > tail.End ? 1u : 0;

        var lastFrame = tail.LastFrame;
        for (var index = _segments.Length - 2; index >= 0 && lastFrame is null; index--)
        {
            lastFrame = SegmentDirectory.FindEnd(_disk, _segments[index]).LastFrame;
        }

        if (lastFrame is { } frame)
        {
            _nextBatch = frame.Batch + 1;
            _nextRecord = frame.FirstRecord + frame.RecordCount;
        }

        MakeDurable(last, tail.LastFrame);
    }

    /// <summary>
    /// What was found may stand in the page cache alone: if the process before was killed before its flush, or if its flush failed, for
    /// then Linux goes on showing bytes that it will never write. So what was written last, the header or the last frame, is written once more
    /// and flushed before anybody sees it or builds on it; else a loss of power could still take it away from under them.
    /// </summary>
    private void MakeDurable(Segment last, FrameHeader? lastFrame)
    {
        using var file = _disk.ReopenFile(last.Path);
        Rewrite(0, SegmentHeader.SizeBytes);
        if (lastFrame is { } frame)
        {
            Rewrite(last.End - last.BaseAddress - frame.FrameLength, frame.FrameLength);
        }

        file.Flush();
        _disk.FlushDirectory(_options.Directory);

        void Rewrite(long offset, int length)
        {
            var bytes = new byte[length];
            WriteOrGiveUpReserve(file, bytes.AsSpan(0, file.Read(bytes, offset)), offset);
        }
    }

    /// <summary>
    /// A checkpoint behind the end of the log shows that acknowledged records are lost; what it holds is not. Those of others than the projections count
    /// too: were addresses given twice, a later start would take them for newer than they are.
    /// </summary>
    private void GoOnBehindCheckpoints()
    {
        var newest = Checkpoints.FurthestPosition().Address;
        if (newest > _end)
        {
            NoteLostTail(new LogPosition(newest), "a checkpoint");
            _epoch++;
            _nextBase = Math.Max(_nextBase, newest);
            _end = newest;
        }
    }

    private void NoteLostCheckpoints()
    {
        if (_segments is [var oldest, ..] && oldest.BaseAddress > 0)
        {
            foreach (var name in _projections.Select(projection => projection.Name).Prepend(LogState.CheckpointName).Where(Checkpoints.IsLost))
            {
                throw new LogCorruptException(
                    Checkpoints.Unreadable.First(path => Path.GetFileName(path).StartsWith(name + ".", StringComparison.Ordinal)), 0,
                    $"no checkpoint of '{name}' can be read, and the records it was made from are deleted: restore the data directory from a backup");
            }

            if (Checkpoints.NewestPosition(LogState.CheckpointName) is { } checkpointed && checkpointed.Address < oldest.Header.PrecedingEnd)
            {
                NoteDamage(new LogDamage(
                    Path.GetFileName(oldest.Path), 0, checkpointed, new LogPosition(oldest.BaseAddress), "the segments before this one are missing", RecordsLost: null, []));
            }
        }
    }

    private void NoteUnreadable(string checkpoint)
    {
        var position = LogPosition.Earlier(End, CheckpointStore.PositionOf(checkpoint));
        NoteDamage(LogDamage.OfCheckpoint(Path.GetFileName(checkpoint), position));
        RequestHousekeeping();
    }

    /// <summary>The log ends before a place that somebody is known to have reached: go on behind it.</summary>
    private void NoteLostTail(LogPosition reached, string who)
    {
        var (name, offset) = _segments is [.., var last] ? (Path.GetFileName(last.Path), last.End - last.BaseAddress) : (Segment.NameOf(0), 0);
        NoteDamage(new LogDamage(name, offset, End, reached, $"{who} had come further than the log now reaches: its end is missing", RecordsLost: null, []));
    }

    private void Replay(LogState state, IReadOnlyList<IProjection> projections, LogPosition end) =>
        ProjectionReplay.Run(_disk, Checkpoints, _segments, end, state, projections, range => NoteDamage(range));

    private static void SaveCheckpoint(CheckpointStore store, IProjection projection, LogPosition position)
    {
        var state = new ArrayBufferWriter<byte>();
        projection.Save(state);
        store.Save(projection.Name, projection.FormatVersion, position, state.WrittenSpan);
    }
}
