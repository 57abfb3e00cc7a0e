using System.Buffers;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Draining;

/// <summary>
/// The side file of one sink (see <see cref="ParkingFormat"/>): append only, with the place of each parked record in memory. Synchronous; each
/// call holds the gate, so lanes share it.
/// </summary>
internal sealed partial class ParkingFile : IDisposable
{
    private const string Extension = ".parked";

    private readonly Lock _gate = new();
    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly string _name;
    private readonly Func<Topic, ParkedTopic> _create;
    private readonly Dictionary<uint, ParkedTopic> _topics = [];

    /// <summary>Topics that were parked: up to which record. What comes from the log once more, behind an older cursor, is known by it.</summary>
    private readonly Dictionary<uint, long> _released = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private IDiskFile? _file;
    private long _end;

    /// <summary>Whether a write has found no room, so that what stands behind the end is not known.</summary>
    private bool _isSpoilt;

    /// <summary>Opens the side file of a consumer, and copies what is still parked into a fresh one.</summary>
    /// <exception cref="InvalidDataException">It is damaged at its beginning or of another version.</exception>
    public ParkingFile(IDisk disk, string directory, string consumer, Func<string, Topic?> findTopic, Func<Topic, ParkedTopic> create)
    {
        _disk = disk;
        _directory = directory;
        _name = consumer + Extension;
        _create = create;
        disk.CreateDirectory(directory);
        Recover(findTopic);
    }

    /// <summary>Bytes of the records that are still parked.</summary>
    public long LiveBytes { get; private set; }

    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _topics.Count == 0;
            }
        }
    }

    /// <summary>Whether nothing is parked, nor was and might come from the log once more.</summary>
    public bool IsOutOfUse
    {
        get
        {
            lock (_gate)
            {
                return _topics.Count == 0 && _released.Count == 0;
            }
        }
    }

    /// <summary>Whether a record of the log was parked, and has been delivered from here or become a dead letter. Asked in log order.</summary>
    public bool WasReleased(Topic topic, long sequence)
    {
        lock (_gate)
        {
            if (!_released.TryGetValue(topic.Id, out var last))
            {
                return false;
            }

            if (sequence > last)
            {
                _released.Remove(topic.Id);
            }

            return sequence <= last;
        }
    }

    private string FilePath => Path.Combine(_directory, _name);

    public ParkedTopic? Find(Topic topic)
    {
        lock (_gate)
        {
            return _topics.GetValueOrDefault(topic.Id);
        }
    }

    public IReadOnlyList<ParkedTopic> Topics()
    {
        lock (_gate)
        {
            return [.. _topics.Values];
        }
    }

    /// <summary>The oldest record of a topic that is parked; null if none is.</summary>
    public long? FirstSequence(Topic topic)
    {
        lock (_gate)
        {
            return _topics.TryGetValue(topic.Id, out var parked) && parked.Records.TryPeek(out var oldest) ? oldest.Sequence : null;
        }
    }

    public IReadOnlyList<ParkedStatus> Status()
    {
        lock (_gate)
        {
            return
            [
                .. _topics.Values.Where(topic => topic.Records.Count > 0).Select(topic => new ParkedStatus(
                    topic.Topic.Name, topic.Records.Count, topic.Records.Peek().Sequence,
                    DateTimeOffset.FromUnixTimeMilliseconds(topic.Records.Peek().ParkedUnixMilliseconds), topic.Tries,
                    DateTimeOffset.FromUnixTimeMilliseconds(topic.NextTryUnixMilliseconds), topic.Reason)),
            ];
        }
    }

    /// <summary>Parks records, each of which has a topic; one that is parked already is passed over. Not durable before <see cref="Flush"/>.</summary>
    /// <exception cref="DiskFullException">There is no room for them; nothing has changed.</exception>
    /// <returns>The topics, each once.</returns>
    public IReadOnlyCollection<ParkedTopic> Append(RecordBatch records, long nowUnixMilliseconds)
    {
        lock (_gate)
        {
            // Noted only once it is written: where there is no room, nothing has happened.
            var written = new List<(ParkedTopic Topic, ParkedRecord Record)>();
            var touched = new Dictionary<Topic, ParkedTopic>();
            PrepareToWrite();
            for (var index = 0; index < records.Count; index++)
            {
                var record = records[index];
                if (!touched.TryGetValue(record.Topic!, out var topic))
                {
                    topic = _topics.GetValueOrDefault(record.Topic!.Id) ?? CreateTopic(record.Topic);
                    touched.Add(record.Topic, topic);
                }

                var last = written.FindLast(known => known.Topic == topic).Record.Sequence;
                if (record.Sequence > Math.Max(last, topic.LastSequence))
                {
                    var offset = _end + _buffer.WrittenCount;
                    var length = ParkingFormat.Write(_buffer, offset, ParkingFormat.Parked, record, record.Topic!.Utf8Name.Span, nowUnixMilliseconds);
                    written.Add((topic, new ParkedRecord(offset, length, record.Sequence, nowUnixMilliseconds)));
                }
            }

            WritePrepared();
            foreach (var topic in touched.Values)
            {
                _topics[topic.Topic.Id] = topic;
            }

            written.ForEach(known => Note(known.Topic, known.Record));
            return touched.Values;
        }
    }

    /// <summary>Makes durable what was parked and what is done.</summary>
    public void Flush()
    {
        lock (_gate)
        {
            _file?.Flush();
        }
    }

    /// <summary>The oldest records of a topic: up to a number of them and some 4 MiB.</summary>
    public RecordBatch Read(ParkedTopic topic, int atMost)
    {
        const int SizeBytesAtMost = 4 << 20;
        lock (_gate)
        {
            var batch = new RecordBatch();
            foreach (var parked in topic.Records)
            {
                if (batch.Count >= atMost || batch.SizeBytes > SizeBytesAtMost)
                {
                    break;
                }

                var entry = new byte[parked.Length];
                if (_file!.Read(entry, parked.Offset) < entry.Length || !ParkingFormat.IsWhole(entry, parked.Offset))
                {
                    throw new InvalidDataException($"{FilePath}, byte {parked.Offset}: what was parked here cannot be read back.");
                }

                batch.Add(ParkingFormat.RecordOf(entry, topic.Topic));
            }

            return batch;
        }
    }

    /// <summary>
    /// The oldest records of a topic are delivered or dead letters. Durable on return, so that after a crash nothing older comes behind
    /// something newer.
    /// </summary>
    /// <exception cref="DiskFullException">There is no room to write it down; nothing has changed.</exception>
    public void MarkDone(ParkedTopic topic, int count)
    {
        lock (_gate)
        {
            var isLast = _topics.Count == 1 && topic.Records.Count == count;
            if (isLast)
            {
                Remove();
            }
            else
            {
                // Taken off only once it is written: where there is no room, nothing has happened.
                PrepareToWrite();
                var done = new LogRecord { Position = default, Kind = RecordKind.None, Topic = topic.Topic, Sequence = topic.Records.ElementAt(count - 1).Sequence, TimeUnixMilliseconds = 0, Body = default };
                ParkingFormat.Write(_buffer, _end, ParkingFormat.Done, done, topic.Topic.Utf8Name.Span, 0);
                WritePrepared();
            }

            for (; count > 0; count--)
            {
                var parked = topic.Records.Dequeue();
                topic.SizeBytes -= parked.Length;
                LiveBytes -= parked.Length;
            }

            if (topic.Records.Count == 0)
            {
                _topics.Remove(topic.Topic.Id);
                _released[topic.Topic.Id] = topic.LastSequence;
            }

            if (!isLast && (_end <= 2 * LiveBytes + (1 << 20) || !TryRewrite()))
            {
                _file!.Flush();
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private ParkedTopic CreateTopic(Topic known)
    {
        var topic = _create(known);
        topic.LastSequence = _released.GetValueOrDefault(known.Id);
        return topic;
    }

    private void Note(ParkedTopic topic, ParkedRecord record)
    {
        topic.Records.Enqueue(record);
        topic.LastSequence = Math.Max(topic.LastSequence, record.Sequence);
        topic.SizeBytes += record.Length;
        LiveBytes += record.Length;
    }

    private void Remove()
    {
        _file?.Dispose();
        _file = null;
        _isSpoilt = false;
        _disk.DeleteFile(FilePath);
        _disk.FlushDirectory(_directory);
    }
}
