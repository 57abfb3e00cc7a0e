using IoTGateway.Queue.Checkpoints;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>The log as it stands on disk at one moment, read without a lock and without changing anything: of a stopped or a running gateway.</summary>
public sealed class LogSnapshot
{
    private readonly FixedSource _source;
    private readonly LogState _state;

    private LogSnapshot(FixedSource source, LogState state)
    {
        _source = source;
        _state = state;
    }

    /// <summary>The topics in the order they were made.</summary>
    public IReadOnlyList<Topic> Topics => [.. _state.Topics.InOrder];

    /// <summary>Looks at the log of a directory.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no log there.</exception>
    /// <exception cref="LogCorruptException">Something that was fsynced cannot be read.</exception>
    public static LogSnapshot Open(string directory, IDisk disk)
    {
        ArgumentNullException.ThrowIfNull(disk);
        var options = new LogOptions { Directory = directory };
        var checkpoints = DurableLog.CheckpointDirectory(options);
        IReadOnlyList<Segment> segments;
        try
        {
            _ = disk.ListFiles(checkpoints);
            segments = SegmentDirectory.Read(disk, directory).Segments;
        }
        catch (DirectoryNotFoundException missing)
        {
            throw new DirectoryNotFoundException($"There is no log in {directory}.", missing);
        }

        var end = 0L;
        if (segments is [.., var last])
        {
            end = last.End = FindEndOfRunning(disk, last);
        }

        var state = new LogState();
        ProjectionReplay.Run(disk, new CheckpointStore(disk, checkpoints), segments, new LogPosition(end), state, []);
        return new LogSnapshot(new FixedSource(disk, segments, end, state), state);
    }

    /// <summary>Reads from the oldest record still kept.</summary>
    public LogReader OpenReader(RecordKinds kinds) => new(_source, LogPosition.Beginning, kinds);

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

    /// <summary>
    /// While the gateway runs, the bytes behind the last whole frame may be a frame that is being written: when a whole frame seems to
    /// stand behind damage, a second look tells the two apart.
    /// </summary>
    private static long FindEndOfRunning(IDisk disk, Segment last)
    {
        for (var looks = 0; ; looks++)
        {
            try
            {
                return SegmentDirectory.FindEnd(disk, last).End;
            }
            catch (LogCorruptException) when (looks < 3)
            {
            }
        }
    }
}
