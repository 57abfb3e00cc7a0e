using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Limits;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>
/// The one log that is the truth. One writer, one stream of fsyncs shared by all topics; group commit without a timer; consumers see only
/// what is fsynced. Appending and reading are safe from any thread.
/// </summary>
/// <remarks>
/// Files of its directory: <c>lock</c>, the segments <c>{address}.log</c> (see SegmentHeader, FrameHeader, RecordFormat) and
/// <c>checkpoints/</c> (see CheckpointStore). The class is written in parts, named by what they are about.
/// </remarks>
public sealed partial class DurableLog : IDisposable, ILogSource
{
    private readonly LogOptions _options;
    private readonly IDisk _disk;
    private readonly TimeProvider _clock;
    private readonly IDisposable _directoryLock;
    private readonly IReadOnlyList<IProjection> _projections;

    /// <summary>Guards everything that appenders and the writer share: the pending frame, the topics, the last time.</summary>
    private readonly object _gate = new();

    private readonly QueueMeter _meter = new();
    private volatile Segment[] _segments = [];
    private long _end;
    private bool _disposed;

    private DurableLog(LogOptions options, IDisk disk, TimeProvider clock, IDisposable directoryLock, IReadOnlyList<IProjection> projections)
    {
        _options = options;
        _disk = disk;
        _clock = clock;
        Clock = new LogClock(clock);
        _directoryLock = directoryLock;
        _projections = projections;
        _budget = new DiskBudget(options.DiskLimitBytes, options.ReserveBytes);
        Checkpoints = new CheckpointStore(disk, CheckpointDirectory(options), GiveUpReserve, NoteUnreadable);
        _rideAlongTimer = clock.CreateTimer(_ => CommitRideAlongs(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _retentionTimer = clock.CreateTimer(_ => RequestHousekeeping(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The first record still kept stands at or behind this place.</summary>
    /// <remarks>While the first segment is begun and its first frame is still on its way, that is <see cref="End"/>.</remarks>
    public LogPosition Start => LogPosition.Earlier(new(_segments is [var oldest, ..] ? oldest.FirstFrame : 0), End);

    /// <summary>Everything before this place is durable. Consumers read up to here.</summary>
    public LogPosition End => new(Volatile.Read(ref _end));

    /// <summary>Which log it is: made at random with its first segment, and kept over backups and restores.</summary>
    public Guid Identity => _identity;

    /// <summary>The checkpoints of those who keep their own state, beside the projections.</summary>
    public CheckpointStore Checkpoints { get; }

    /// <summary>The topics in the order they were made.</summary>
    public IReadOnlyList<Topic> Topics
    {
        get
        {
            lock (_gate)
            {
                return [.. _state.Topics.InOrder];
            }
        }
    }

    IDisk ILogSource.Disk => _disk;

    long ILogSource.EndAddress => Volatile.Read(ref _end);

    IReadOnlyList<Segment> ILogSource.Segments => _segments;

    Topic? ILogSource.TopicOf(uint id) => _state.Topics.Find(id);

    /// <summary>Commits what waits and closes the files.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            Monitor.PulseAll(_gate);
        }

        _writerThread?.Join();
        _measureTimer?.Dispose();
        StopHousekeeping();
        _rideAlongTimer.Dispose();
        _activeFile?.Dispose();
        _directoryLock.Dispose();
        _failed.Dispose();
        _meter.Dispose();
    }

    internal static string CheckpointDirectory(LogOptions options) => Path.Combine(options.Directory, "checkpoints");
}
