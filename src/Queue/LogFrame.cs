using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>The records of one group commit, as far as they are of the wanted kinds. Valid until its reader goes on.</summary>
public readonly ref struct LogFrame
{
    private readonly ILogSource _source;
    private readonly RecordKinds _kinds;
    private readonly ReadOnlySpan<byte> _records;
    private readonly long _address;
    private readonly DeliveredSequences? _marks;

    internal LogFrame(ILogSource source, RecordKinds kinds, long address, FrameHeader header, ReadOnlySpan<byte> records)
        : this(source, kinds, address, header, records, marks: null)
    {
    }

    private LogFrame(ILogSource source, RecordKinds kinds, long address, FrameHeader header, ReadOnlySpan<byte> records, DeliveredSequences? marks)
    {
        _marks = marks;
        _source = source;
        _kinds = kinds;
        _address = address;
        _records = records;
        FirstRecord = header.FirstRecord;
        RecordCount = header.RecordCount;
        Batch = header.Batch;
    }

    /// <summary>The same frame, whose records count as delivered as soon as they are looked at.</summary>
    internal LogFrame Marking(DeliveredSequences? marks) =>
        marks is null ? this : new(_source, _kinds, _address, new FrameHeader(_records.Length, Batch, FirstRecord, RecordCount, Checksum: 0), _records, marks);

    /// <summary>Where the frame begins.</summary>
    public LogPosition Position => new(_address);

    /// <summary>Where the next frame begins: the cursor of whoever has consumed this one.</summary>
    public LogPosition Next => new(_address + FrameHeader.SizeBytes + _records.Length);

    /// <summary>The number of its first record, counted from 0 at the log's beginning.</summary>
    internal long FirstRecord { get; }

    /// <summary>How many records it holds, of all kinds.</summary>
    internal int RecordCount { get; }

    /// <summary>Its number.</summary>
    internal long Batch { get; }

    /// <summary>When its first record was appended, Unix milliseconds.</summary>
    internal long FirstTime => RecordFormat.TimeOf(_records);

    /// <summary>The records, for <c>foreach</c>.</summary>
    public Enumerator GetEnumerator() => new(this);

    internal bool HoldsWanted()
    {
        for (var at = 0; at < _records.Length;)
        {
            var record = _records[at..];
            if (_kinds.Contains(RecordFormat.KindOf(record)))
            {
                return true;
            }

            at += RecordFormat.HeadSizeBytes + RecordFormat.BodyLengthOf(record);
        }

        return false;
    }

    /// <summary>Number of topic and sequence number of each record that has a topic, of whatever kind.</summary>
    internal void ForEachTopic(Action<uint, long> look)
    {
        for (var at = 0; at < _records.Length;)
        {
            var record = _records[at..];
            if (RecordFormat.TopicOf(record) is > 0 and var topic)
            {
                look(topic, RecordFormat.SequenceOf(record));
            }

            at += RecordFormat.HeadSizeBytes + RecordFormat.BodyLengthOf(record);
        }
    }

    /// <summary>Goes through the records.</summary>
    public ref struct Enumerator
    {
        private readonly LogFrame _frame;
        private int _at;
        private int _next;

        internal Enumerator(LogFrame frame) => _frame = frame;

        /// <summary>The present record.</summary>
        public readonly LogRecord Current
        {
            get
            {
                var record = _frame._records[_at.._next];
                var topic = RecordFormat.TopicOf(record);
                _frame._marks?.Mark(topic, RecordFormat.SequenceOf(record));
                return new LogRecord
                {
                    Position = new LogPosition(_frame._address + FrameHeader.SizeBytes + _at),
                    Kind = RecordFormat.KindOf(record),
                    Topic = topic == 0 ? null : _frame._source.TopicOf(topic) ?? Topic.Lost(topic),
                    Sequence = RecordFormat.SequenceOf(record),
                    TimeUnixMilliseconds = RecordFormat.TimeOf(record),
                    Body = record[RecordFormat.HeadSizeBytes..],
                };
            }
        }

        /// <summary>Goes to the next record.</summary>
        public bool MoveNext()
        {
            while (_next < _frame._records.Length)
            {
                _at = _next;
                var record = _frame._records[_at..];
                _next = _at + RecordFormat.HeadSizeBytes + RecordFormat.BodyLengthOf(record);
                if (_frame._kinds.Contains(RecordFormat.KindOf(record)))
                {
                    return true;
                }
            }

            return false;
        }
    }
}
