using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;
using IoTGateway.Queue.Verification;

namespace IoTGateway.Queue;

/// <summary>The log as it stands on disk at one moment, read without a lock and without changing anything: of a stopped or a running gateway.</summary>
public sealed class LogSnapshot
{
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly CheckpointStore _checkpoints;
    private readonly FixedSource _source;
    private readonly LogState _state = new();
    private readonly List<DamagedRange> _damaged = [];

    private LogSnapshot(IDisk disk, string directory, SegmentFiles files, IReadOnlyList<IProjection> projections)
    {
        _disk = disk;
        _directory = directory;
        _checkpoints = new CheckpointStore(disk, DurableLog.CheckpointDirectory(new LogOptions { Directory = directory }));
        _damaged.AddRange(files.Damages);
        var end = 0L;
        if (files.Segments is [.., var last])
        {
            var tail = FindEndOfRunning(disk, last);
            end = last.End = tail.End;
            _damaged.AddRange(tail.Damages);
        }

        End = new LogPosition(end);
        Start = files.Segments is [var oldest, ..] ? LogPosition.Earlier(new LogPosition(oldest.FirstFrame), End) : End;
        _source = new FixedSource(disk, files.Segments, end, _state, Note);
        ProjectionReplay.Run(disk, _checkpoints, files.Segments, new LogPosition(end), _state, projections, Note);
    }

    /// <summary>The first record still kept stands at or behind this place.</summary>
    public LogPosition Start { get; }

    /// <summary>Everything before this place was durable at that moment.</summary>
    public LogPosition End { get; }

    /// <summary>Whether everything from a place on was kept at that moment.</summary>
    public bool Holds(LogPosition position) => position <= End && (position >= Start || _source.Segments is not [var oldest, ..] || position.Address >= oldest.Header.PrecedingEnd);

    /// <summary>The checkpoints beside the log.</summary>
    public CheckpointStore Checkpoints => _checkpoints;

    /// <summary>The topics in the order they were made.</summary>
    public IReadOnlyList<Topic> Topics => [.. _state.Topics.InOrder];

    /// <summary>Looks at the log of a directory.</summary>
    /// <param name="directory">Where the log is.</param>
    /// <param name="disk">The door to the file system.</param>
    /// <param name="projections">State to bring up to its end, without writing a checkpoint.</param>
    /// <exception cref="DirectoryNotFoundException">There is no log there.</exception>
    /// <exception cref="LogCorruptException">A file does not bear the name it was written under.</exception>
    public static LogSnapshot Open(string directory, IDisk disk, params IReadOnlyList<IProjection> projections)
    {
        ArgumentNullException.ThrowIfNull(disk);
        try
        {
            _ = disk.ListFiles(DurableLog.CheckpointDirectory(new LogOptions { Directory = directory }));
            return new LogSnapshot(disk, directory, SegmentDirectory.Read(disk, directory), projections);
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new DirectoryNotFoundException($"There is no log in {directory}.", missing);
        }
    }

    /// <summary>What is missing in the segments in which damage was met so far: when the log was opened and by its readers.</summary>
    public IReadOnlyList<LogDamage> ExamineDamage() =>
        [.. new DamageReport(_disk, _directory, _checkpoints, _source.Segments, NameOf).OfSegmentsWith(_damaged)];

    /// <summary>Reads everything and tells what is not as it should be.</summary>
    /// <param name="progress">Told how much is done, from 0 to 1.</param>
    public VerifyReport Verify(Action<double>? progress = null) =>
        new LogVerifier(_disk, _directory, _source.Segments, _state, _damaged).Run(_checkpoints, NameOf, progress);

    /// <summary>Reads from the oldest record still kept.</summary>
    public LogReader OpenReader(RecordKinds kinds) => new(_source, LogPosition.Beginning, kinds);

    /// <summary>Reads from a place on.</summary>
    public LogReader OpenReader(LogPosition from, RecordKinds kinds) => new(_source, from, kinds);

    /// <summary>How much each consumer has still to see of each topic of a kind it wants.</summary>
    public IReadOnlyList<TopicDepth> Depths()
    {
        var rows = new Dictionary<(string Consumer, uint Topic), TopicDepth>();
        foreach (var (consumer, cursor) in _state.Cursors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            foreach (var topic in _state.Topics.InOrder.Where(topic => cursor.Kinds.Contains(topic.Kind)))
            {
                rows.Add((consumer, topic.Id), new TopicDepth(topic.Name, topic.LastSequence, consumer, Depth: 0, OldestUnixMilliseconds: null));
            }

            using var reader = new LogReader(_source, cursor.Position, cursor.Kinds);
            while (reader.TryRead(out var frame))
            {
                foreach (var record in frame)
                {
                    if (record.Topic is { } topic && rows.TryGetValue((consumer, topic.Id), out var row))
                    {
                        rows[(consumer, topic.Id)] = row with
                        {
                            Depth = row.Depth + 1,
                            OldestUnixMilliseconds = row.OldestUnixMilliseconds ?? record.TimeUnixMilliseconds,
                        };
                    }
                }
            }
        }

        return [.. rows.Values];
    }

    private string NameOf(uint topic) => (_state.Topics.Find(topic) ?? Topic.Lost(topic)).Name;

    private void Note(DamagedRange range) => _damaged.Add(range);

    /// <summary>
    /// While the gateway runs, the bytes behind the last whole frame may be a frame that is being written: when a whole frame seems to
    /// stand behind damage, a second look tells the two apart.
    /// </summary>
    private static SegmentTail FindEndOfRunning(IDisk disk, Segment last)
    {
        var tail = SegmentDirectory.FindEnd(disk, last);
        for (var looks = 0; tail.Damages.Count > 0 && looks < 3; looks++)
        {
            var again = SegmentDirectory.FindEnd(disk, last);
            if (again.Damages.SequenceEqual(tail.Damages))
            {
                break;
            }

            tail = again;
        }

        return tail;
    }
}
