using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Draining;

/// <content>The start: what is still parked, and what a crash or the disk has left.</content>
internal sealed partial class ParkingFile
{
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
            else if (!TryRewrite())
            {
                // A volume without room must not keep the gateway from starting: it goes on behind what is whole.
                _file = _disk.ReopenFile(FilePath);
                old.Dispose();
                _file.Flush();
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
}
