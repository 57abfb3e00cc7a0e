using System.Buffers;
using System.Runtime.InteropServices;

namespace IoTGateway.Queue.Draining;

/// <summary>Copies of records, in log order, on their way to a sink.</summary>
public sealed class RecordBatch
{
    private readonly ArrayBufferWriter<byte> _bodies;
    private readonly List<Entry> _entries = [];

    internal RecordBatch()
        : this(new ArrayBufferWriter<byte>())
    {
    }

    private RecordBatch(ArrayBufferWriter<byte> bodies) => _bodies = bodies;

    /// <summary>How many records it holds.</summary>
    public int Count => _entries.Count;

    /// <summary>One of the records.</summary>
    public LogRecord this[int index]
    {
        get
        {
            ref readonly var entry = ref CollectionsMarshal.AsSpan(_entries)[index];
            return new LogRecord
            {
                Position = entry.Position,
                Kind = entry.Kind,
                Topic = entry.Topic,
                Sequence = entry.Sequence,
                TimeUnixMilliseconds = entry.TimeUnixMilliseconds,
                Body = _bodies.WrittenSpan.Slice(entry.Start, entry.Length),
            };
        }
    }

    /// <summary>How many bytes the bodies have.</summary>
    internal int SizeBytes => _bodies.WrittenCount;

    /// <summary>The place of the frame in which its first record stands.</summary>
    internal LogPosition From { get; set; }

    /// <summary>Once it is delivered, everything of its lane before this place is.</summary>
    internal LogPosition Next { get; set; }

    internal void Add(in LogRecord record)
    {
        _entries.Add(new Entry(record.Position, record.Kind, record.Topic, record.Sequence, record.TimeUnixMilliseconds, _bodies.WrittenCount, record.Body.Length));
        _bodies.Write(record.Body);
    }

    internal Topic? TopicOf(int index) => _entries[index].Topic;

    internal void Clear()
    {
        _entries.Clear();
        _bodies.ResetWrittenCount();
    }

    /// <summary>The topics of its records, each once.</summary>
    internal HashSet<Topic> Topics() => [.. _entries.Select(entry => entry.Topic).OfType<Topic>()];

    /// <summary>The records of some topics, and those that belong to none. Shares the bodies.</summary>
    internal RecordBatch Where(Predicate<Topic> wanted) => Where((topic, _) => wanted(topic));

    /// <summary>The records with wanted topics and sequence numbers, and those that belong to no topic. Shares the bodies.</summary>
    internal RecordBatch Where(Func<Topic, long, bool> wanted)
    {
        var part = new RecordBatch(_bodies) { From = From, Next = Next };
        part._entries.AddRange(_entries.Where(entry => entry.Topic is null || wanted(entry.Topic, entry.Sequence)));
        return part;
    }

    private readonly record struct Entry(
        LogPosition Position, RecordKind Kind, Topic? Topic, long Sequence, long TimeUnixMilliseconds, int Start, int Length);
}
