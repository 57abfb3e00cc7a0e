using System.Buffers;
using System.Text;
using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Records;

namespace IoTGateway.Queue;

/// <summary>What the log itself has to know to go on: its topics with their last numbers, the cursors, the last time.</summary>
/// <remarks>Its checkpoint, numbers little-endian:
/// <code>
/// size
///    8   last time, Unix milliseconds
///    1   whether the log is full
///    4   number of topics; for each:  4 number, 1 kind, 8 last sequence number, 2+ name (length, UTF-8)
///    4   number of cursors; for each: 2+ consumer (length, UTF-8), 8 position, 8 kinds
///    4   number of damages; for each: the body of a DamageRecord
///    4   number of paused consumers (absent in old ones); for each: 2+ consumer (length, UTF-8)
///    8   by how much people were told that the wall clock is behind, milliseconds (absent in old ones)
/// </code>
/// The body of a topic record: 4 number, 1 kind of its first record, then the name in UTF-8. The body of a cursor record: 8 position, 8 kinds, then the consumer's
/// name in UTF-8; of a removed consumer: its name in UTF-8; of a paused one: 1 paused (1) or resumed (0), then its
/// name in UTF-8.
/// </remarks>
internal sealed class LogState : IProjection
{
    public const string CheckpointName = "log";

    private const int DamagesAtMost = 1_000;

    private readonly List<LogDamage> _damages = [];

    public TopicTable Topics { get; private set; } = new();

    public Dictionary<string, Cursor> Cursors { get; } = new(StringComparer.Ordinal);

    /// <summary>The consumers that are paused.</summary>
    public HashSet<string> Paused { get; } = new(StringComparer.Ordinal);

    /// <summary>The time of the newest record, Unix milliseconds.</summary>
    public long LastTime { get; set; }

    /// <summary>By how much people were told last that the wall clock is behind; zero: that it is not.</summary>
    public TimeSpan ClockBehindTold { get; set; }

    /// <summary>Whether the log is known to be full.</summary>
    public bool IsFull { get; set; }

    /// <summary>What is known to be damaged, oldest first.</summary>
    public IReadOnlyList<LogDamage> Damages => _damages;

    public string Name => CheckpointName;

    public int FormatVersion => 2;

    public RecordKinds Kinds => RecordKinds.All;

    public IProjection CreateEmpty() => new LogState();

    public void Apply(in LogRecord record)
    {
        LastTime = Math.Max(LastTime, record.TimeUnixMilliseconds);
        if (record.Topic is { } topic)
        {
            if (Topics.Find(topic.Id) is null)
            {
                topic = Topics.Add(topic.Id, record.Kind, topic.Utf8Name.Span); // Its own record was damaged.
            }

            topic.LastSequence = Math.Max(topic.LastSequence, record.Sequence);
        }

        switch (record.Kind)
        {
            case RecordKind.Topic:
                var reader = new BodyReader(record.Body);
                Topics.Add(reader.ReadUInt32(), (RecordKind)reader.ReadByte(), reader.ReadRest());
                break;
            case RecordKind.Cursor:
                var (consumer, cursor) = ReadCursor(record.Body);
                Cursors[consumer] = cursor;
                break;
            case RecordKind.Damage:
                AddDamage(DamageRecord.Read(record.Body));
                break;
            case RecordKind.Admission:
                IsFull = AdmissionRecord.Read(record.Body).IsFull;
                break;
            case RecordKind.Clock:
                ClockBehindTold = ClockRecord.Read(record.Body).Behind;
                break;
            case RecordKind.ConsumerRemoved:
                var removed = Encoding.UTF8.GetString(record.Body);
                Cursors.Remove(removed);
                Paused.Remove(removed);
                break;
            case RecordKind.ConsumerPaused:
                SetPaused(Encoding.UTF8.GetString(record.Body[1..]), record.Body[0] != 0);
                break;
        }
    }

    /// <summary>Takes note of damage; the oldest is forgotten when there is too much of it.</summary>
    public void AddDamage(LogDamage damage)
    {
        if (_damages.Count == DamagesAtMost)
        {
            _damages.RemoveAt(0);
        }

        _damages.Add(damage);
    }

    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteInt64(LastTime);
        body.WriteByte(IsFull ? (byte)1 : (byte)0);
        body.WriteUInt32((uint)Topics.Count);
        foreach (var topic in Topics.InOrder)
        {
            body.WriteUInt32(topic.Id);
            body.WriteByte((byte)topic.Kind);
            body.WriteInt64(topic.LastSequence);
            body.WriteText(topic.Name);
        }

        body.WriteUInt32((uint)Cursors.Count);
        foreach (var (consumer, cursor) in Cursors.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            body.WriteText(consumer);
            body.WriteInt64(cursor.Position.Address);
            body.WriteInt64((long)cursor.Kinds.Bits);
        }

        body.WriteUInt32((uint)_damages.Count);
        foreach (var damage in _damages)
        {
            DamageRecord.Write(writer, damage);
        }

        body.WriteUInt32((uint)Paused.Count);
        foreach (var consumer in Paused.Order(StringComparer.Ordinal))
        {
            body.WriteText(consumer);
        }

        body.WriteInt64((long)ClockBehindTold.TotalMilliseconds);
    }

    public void Load(ReadOnlySpan<byte> state)
    {
        Topics = new TopicTable();
        Cursors.Clear();
        _damages.Clear();
        Paused.Clear();
        var reader = new BodyReader(state);
        LastTime = reader.ReadInt64();
        IsFull = reader.ReadByte() == 1;
        for (var count = reader.ReadUInt32(); count > 0; count--)
        {
            var id = reader.ReadUInt32();
            var kind = (RecordKind)reader.ReadByte();
            var sequence = reader.ReadInt64();
            Topics.Add(id, kind, reader.ReadBytes(reader.ReadUInt16())).LastSequence = sequence;
        }

        for (var count = reader.ReadUInt32(); count > 0; count--)
        {
            Cursors[reader.ReadText()] = new Cursor(new LogPosition(reader.ReadInt64()), new RecordKinds((ulong)reader.ReadInt64()));
        }

        for (var count = reader.ReadUInt32(); count > 0; count--)
        {
            _damages.Add(DamageRecord.Read(ref reader));
        }

        for (var count = reader.Remaining > 0 ? reader.ReadUInt32() : 0; count > 0; count--)
        {
            Paused.Add(reader.ReadText());
        }

        ClockBehindTold = TimeSpan.FromMilliseconds(reader.Remaining > 0 ? reader.ReadInt64() : 0);
    }

    /// <summary>Notes that a consumer is paused or goes on.</summary>
    public void SetPaused(string consumer, bool paused)
    {
        if (paused)
        {
            Paused.Add(consumer);
        }
        else
        {
            Paused.Remove(consumer);
        }
    }

    /// <summary>The body of a record that says that a consumer is paused or resumed.</summary>
    public static byte[] PausedBody(string consumer, bool paused) => [paused ? (byte)1 : (byte)0, .. Encoding.UTF8.GetBytes(consumer)];

    /// <summary>The body of a topic record.</summary>
    public static byte[] TopicBody(Topic topic)
    {
        var writer = new ArrayBufferWriter<byte>();
        var body = new BodyWriter(writer);
        body.WriteUInt32(topic.Id);
        body.WriteByte((byte)topic.Kind);
        body.WriteBytes(topic.Utf8Name.Span);
        return writer.WrittenSpan.ToArray();
    }

    /// <summary>The body of a cursor record.</summary>
    public static byte[] CursorBody(string consumer, Cursor cursor)
    {
        var writer = new ArrayBufferWriter<byte>();
        var body = new BodyWriter(writer);
        body.WriteInt64(cursor.Position.Address);
        body.WriteInt64((long)cursor.Kinds.Bits);
        body.WriteBytes(Encoding.UTF8.GetBytes(consumer));
        return writer.WrittenSpan.ToArray();
    }

    private static (string Consumer, Cursor Cursor) ReadCursor(ReadOnlySpan<byte> body)
    {
        var reader = new BodyReader(body);
        var cursor = new Cursor(new LogPosition(reader.ReadInt64()), new RecordKinds((ulong)reader.ReadInt64()));
        return (Encoding.UTF8.GetString(reader.ReadRest()), cursor);
    }
}
