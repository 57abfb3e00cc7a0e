using System.Buffers;
using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <content>Opening: finds the segments and where the last one ends, then brings all state up to that end.</content>
/// <remarks>
/// What is found at the end of the last segment, and what is done:
/// <code>
/// found                                                decision
/// a file shorter than a segment header, or one whose   nothing in it was acknowledged (the header is durable
///   header is not whole and no frame behind it           before the first frame): deleted
/// whole frames up to the end of the file               the log ends there
/// whole frames, then bytes that are no frame           torn: never acknowledged; the log ends before them
/// bytes that are no frame, then a whole frame          damage: refuses to open, naming file and byte
/// in any earlier segment: no whole frame before the    damage: refuses to open, naming file and byte
///   end that the next segment's header states
/// a segment file missing between others, or an        damage: refuses to open, naming the file behind the gap
///   earlier one cut short
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
    /// <exception cref="LogCorruptException">Something that was fsynced cannot be read.</exception>
    /// <exception cref="IOException">The directory cannot be used, or another process has the log open.</exception>
    public static DurableLog Open(LogOptions options, IDisk disk, TimeProvider clock, params IReadOnlyList<IProjection> projections)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(disk);
        ArgumentNullException.ThrowIfNull(clock);
        disk.CreateDirectory(options.Directory);
        disk.CreateDirectory(CheckpointDirectory(options));
        var directoryLock = disk.Lock(Path.Combine(options.Directory, "lock"));
        try
        {
            var log = new DurableLog(options, disk, clock, directoryLock, projections);
            log.Recover();
            log.StartWriter();
            log.StartHousekeeping();
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
        var segments = SegmentDirectory.Read(_disk, _options.Directory);
        foreach (var stillborn in segments.Stillborn)
        {
            _disk.DeleteFile(stillborn);
        }

        _segments = [.. segments.Segments];
        _identity = _options.NewIdentity();
        if (segments.Segments is [.., var last])
        {
            _identity = last.Header.LogIdentity;
            _epoch = last.Header.Epoch;
            var (end, fileEnd) = SegmentDirectory.FindEnd(_disk, last);
            last.End = end;
            _end = end;
            _nextBase = Math.Max(end, fileEnd);
        }

        Replay(_state, _projections, End);
        if (_segments.Length > 0)
        {
            FindNextNumbers();
        }
    }

    /// <summary>The numbers that the next frame gets: those behind the last frame of the log.</summary>
    private void FindNextNumbers()
    {
        for (var index = _segments.Length - 1; index >= 0; index--)
        {
            using var file = _disk.OpenFile(_segments[index].Path);
            var scanner = new SegmentScanner(file, _segments[index].BaseAddress, _segments[index].FirstFrame);
            while (scanner.TryNext(_segments[index].End))
            {
                _nextBatch = scanner.Header.Batch + 1;
                _nextRecord = scanner.Header.FirstRecord + scanner.Header.RecordCount;
            }

            if (_nextBatch > 1)
            {
                return;
            }
        }
    }

    private void Replay(LogState state, IReadOnlyList<IProjection> projections, LogPosition end) =>
        ProjectionReplay.Run(_disk, Checkpoints, _segments, end, state, projections);

    private static void SaveCheckpoint(CheckpointStore store, IProjection projection, LogPosition position)
    {
        var state = new ArrayBufferWriter<byte>();
        projection.Save(state);
        store.Save(projection.Name, projection.FormatVersion, position, state.WrittenSpan);
    }
}
