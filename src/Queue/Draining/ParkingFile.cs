using System.Buffers;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Draining;

/// <summary>
/// The side file of one sink (see <see cref="ParkingFormat"/>): append only, with the place of each parked record in memory. Synchronous; each
/// call holds the gate, so lanes share it.
/// </summary>
internal sealed class ParkingFile : IDisposable
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
    /// <returns>The topics, each once.</returns>
    public IReadOnlyCollection<ParkedTopic> Append(RecordBatch records, long nowUnixMilliseconds)
    {
        lock (_gate)
        {
            var touched = new HashSet<ParkedTopic>();
            _buffer.ResetWrittenCount();
            var file = OpenFile();
            for (var index = 0; index < records.Count; index++)
            {
                var record = records[index];
                if (!_topics.TryGetValue(record.Topic!.Id, out var topic))
                {
                    topic = _create(record.Topic);
                    topic.LastSequence = _released.GetValueOrDefault(record.Topic.Id);
                    _topics.Add(record.Topic.Id, topic);
                }

                touched.Add(topic);
                if (record.Sequence > topic.LastSequence)
                {
                    var offset = _end + _buffer.WrittenCount;
                    var length = ParkingFormat.Write(_buffer, offset, ParkingFormat.Parked, record, record.Topic.Utf8Name.Span, nowUnixMilliseconds);
                    Note(topic, new ParkedRecord(offset, length, record.Sequence, nowUnixMilliseconds));
                }
            }

            file.Write(_buffer.WrittenSpan, _end);
            _end += _buffer.WrittenCount;
            return touched;
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
                if (OpenFile().Read(entry, parked.Offset) < entry.Length || !ParkingFormat.IsWhole(entry, parked.Offset))
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
    public void MarkDone(ParkedTopic topic, int count)
    {
        lock (_gate)
        {
            var sequence = 0L;
            for (; count > 0; count--)
            {
                var parked = topic.Records.Dequeue();
                sequence = parked.Sequence;
                topic.SizeBytes -= parked.Length;
                LiveBytes -= parked.Length;
            }

            if (topic.Records.Count == 0)
            {
                _topics.Remove(topic.Topic.Id);
                _released[topic.Topic.Id] = topic.LastSequence;
            }

            if (_topics.Count == 0)
            {
                Remove();
                return;
            }

            _buffer.ResetWrittenCount();
            var done = new LogRecord { Position = default, Kind = RecordKind.None, Topic = topic.Topic, Sequence = sequence, TimeUnixMilliseconds = 0, Body = default };
            ParkingFormat.Write(_buffer, _end, ParkingFormat.Done, done, topic.Topic.Utf8Name.Span, 0);
            OpenFile().Write(_buffer.WrittenSpan, _end);
            _end += _buffer.WrittenCount;
            if (_end > 2 * LiveBytes + (1 << 20))
            {
                Rewrite();
            }
            else
            {
                OpenFile().Flush();
            }
        }
    }

    public void Dispose() => _file?.Dispose();

    private IDiskFile OpenFile()
    {
        if (_file is null)
        {
            _file = _disk.CreateFile(FilePath);
            _file.Write(ParkingFormat.Header(), 0);
            _file.Flush();
            _disk.FlushDirectory(_directory);
            _end = ParkingFormat.HeaderSizeBytes;
        }

        return _file;
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
        _disk.DeleteFile(FilePath);
        _disk.FlushDirectory(_directory);
    }

    private void Recover(Func<string, Topic?> findTopic)
    {
        var files = _disk.ListFiles(_directory);
        if (files.Contains(_name + ".new", StringComparer.Ordinal))
        {
            _disk.DeleteFile(FilePath + ".new"); // A copy that was not finished; the file itself is whole.
        }

        if (!files.Contains(_name, StringComparer.Ordinal))
        {
            return;
        }

        var old = _disk.OpenFile(FilePath);
        try
        {
            if (old.Length < ParkingFormat.HeaderSizeBytes)
            {
                old.Dispose(); // Begun and never flushed: nothing was parked in it.
                Remove();
                return;
            }

            ReadEntries(old, findTopic);
            _file = old;
            if (_topics.Count == 0)
            {
                Remove();
            }
            else
            {
                Rewrite();
            }
        }
        catch
        {
            old.Dispose();
            throw;
        }
    }

    private void ReadEntries(IDiskFile file, Func<string, Topic?> findTopic)
    {
        var header = new byte[ParkingFormat.HeaderSizeBytes];
        ParkingFormat.CheckHeader(header.AsSpan(0, file.Read(header, 0)), FilePath);
        for (_end = ParkingFormat.HeaderSizeBytes; ReadEntry(file, _end) is { } entry; _end += entry.Length)
        {
            Take(entry, findTopic);
        }

        if (HoldsEntryBehind(file, _end))
        {
            throw new InvalidDataException(
                $"{FilePath}, byte {_end}: bytes here are damaged, and parked readings stand behind them. Nothing was changed; keep a copy, move it away and start again.");
        }
    }

    private static byte[]? ReadEntry(IDiskFile file, long offset)
    {
        var head = new byte[ParkingFormat.EntryHeadSizeBytes];
        var length = ParkingFormat.LengthOf(head.AsSpan(0, file.Read(head, offset)));
        if (length == 0 || length > file.Length - offset)
        {
            return null;
        }

        var entry = new byte[length];
        return file.Read(entry, offset) == length && ParkingFormat.IsWhole(entry, offset) ? entry : null;
    }

    private static bool HoldsEntryBehind(IDiskFile file, long offset)
    {
        var bytes = new byte[file.Length - offset];
        file.Read(bytes, offset);
        for (var at = 0; at < bytes.Length; at++)
        {
            var found = bytes.AsSpan(at).IndexOf(ParkingFormat.EntryMagic);
            if (found < 0)
            {
                return false;
            }

            at += found;
            if (ReadEntry(file, offset + at) is not null)
            {
                return true;
            }
        }

        return false;
    }

    private void Take(byte[] entry, Func<string, Topic?> findTopic)
    {
        var name = ParkingFormat.TopicOf(entry);
        var known = findTopic(name) ?? throw new InvalidDataException($"{FilePath} holds records of the topic '{name}', which the log does not know: it belongs to another log.");
        if (!_topics.TryGetValue(known.Id, out var topic))
        {
            topic = _create(known);
            _topics.Add(known.Id, topic);
        }

        var sequence = ParkingFormat.SequenceOf(entry);
        if (ParkingFormat.WhatOf(entry) == ParkingFormat.Parked)
        {
            Note(topic, new ParkedRecord(_end, entry.Length, sequence, ParkingFormat.ParkedOf(entry)));
            return;
        }

        while (topic.Records.TryPeek(out var oldest) && oldest.Sequence <= sequence)
        {
            LiveBytes -= topic.Records.Dequeue().Length;
            topic.SizeBytes -= oldest.Length;
        }

        if (topic.Records.Count == 0)
        {
            _topics.Remove(known.Id);
            _released[known.Id] = topic.LastSequence;
        }
    }

    /// <summary>Copies what is still parked into a new file, which takes the place of this one.</summary>
    private void Rewrite()
    {
        var old = _file!;
        var path = FilePath + ".new";
        var fresh = _disk.CreateFile(path);
        try
        {
            fresh.Write(ParkingFormat.Header(), 0);
            var end = (long)ParkingFormat.HeaderSizeBytes;
            foreach (var topic in _topics.Values)
            {
                for (var left = topic.Records.Count; left > 0; left--)
                {
                    var parked = topic.Records.Dequeue();
                    var entry = new byte[parked.Length];
                    old.Read(entry, parked.Offset);
                    _buffer.ResetWrittenCount();
                    ParkingFormat.Write(_buffer, end, ParkingFormat.Parked, ParkingFormat.RecordOf(entry, topic.Topic), topic.Topic.Utf8Name.Span, parked.ParkedUnixMilliseconds);
                    fresh.Write(_buffer.WrittenSpan, end);
                    topic.Records.Enqueue(parked with { Offset = end });
                    end += parked.Length;
                }
            }

            fresh.Flush();
            _disk.RenameFile(path, FilePath);
            _disk.FlushDirectory(_directory);
            old.Dispose();
            _file = fresh;
            _end = end;
        }
        catch
        {
            fresh.Dispose();
            throw;
        }
    }
}
