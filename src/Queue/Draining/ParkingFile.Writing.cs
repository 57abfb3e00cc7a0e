using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Draining;

/// <content>Writing, on a volume that may have no room: then nothing has changed, and it can be tried again.</content>
internal sealed partial class ParkingFile
{
    /// <summary>An empty buffer, and a file that can be written at its end.</summary>
    /// <exception cref="DiskFullException">There is no room for one; nothing has changed.</exception>
    private void PrepareToWrite()
    {
        if (_isSpoilt && _topics.Count == 0)
        {
            Remove();
        }
        else if (_isSpoilt)
        {
            Rewrite();
        }

        _file ??= CreateFile();
        _buffer.ResetWrittenCount();
    }

    /// <summary>
    /// Writes the buffer behind the end. If there is no room for all of it, whole entries may stand behind the end that nobody knows of: then the file is
    /// copied before anything else is written, lest they come to stand behind what is no entry.
    /// </summary>
    private void WritePrepared()
    {
        try
        {
            _file!.Write(_buffer.WrittenSpan, _end);
        }
        catch (IOException full) when (full.IsDiskFull())
        {
            _isSpoilt = true;
            throw NoRoom(_buffer.WrittenCount, full);
        }

        _end += _buffer.WrittenCount;
    }

    private IDiskFile CreateFile()
    {
        IDiskFile? file = null;
        try
        {
            file = _disk.CreateFile(FilePath);
            file.Write(ParkingFormat.Header(), 0);
        }
        catch (IOException full) when (full.IsDiskFull())
        {
            file?.Dispose();
            _disk.DeleteFile(FilePath);
            throw NoRoom(ParkingFormat.HeaderSizeBytes, full);
        }

        file.Flush();
        _disk.FlushDirectory(_directory);
        _end = ParkingFormat.HeaderSizeBytes;
        return file;
    }

    private DiskFullException NoRoom(long neededBytes, IOException full) => new(FilePath, neededBytes, _disk.AvailableBytes(_directory), full);

    private bool TryRewrite()
    {
        try
        {
            Rewrite();
            return true;
        }
        catch (DiskFullException)
        {
            return false;
        }
    }

    /// <summary>Copies what is still parked into a new file, which takes the place of this one.</summary>
    /// <exception cref="DiskFullException">There is no room for it; nothing has changed.</exception>
    private void Rewrite()
    {
        var old = _file!;
        var path = FilePath + ".new";
        IDiskFile? fresh = null;
        try
        {
            fresh = _disk.CreateFile(path);
            var end = Copy(old, fresh);
            fresh.Flush();
            _disk.RenameFile(path, FilePath);
            _disk.FlushDirectory(_directory);
            old.Dispose();
            _file = fresh;
            _end = end;
            _isSpoilt = false;
        }
        catch (IOException full) when (full.IsDiskFull())
        {
            fresh?.Dispose();
            _disk.DeleteFile(path);
            throw NoRoom(LiveBytes, full);
        }
        catch
        {
            fresh?.Dispose();
            throw;
        }

        MoveToCopies();
    }

    private long Copy(IDiskFile old, IDiskFile fresh)
    {
        fresh.Write(ParkingFormat.Header(), 0);
        var end = (long)ParkingFormat.HeaderSizeBytes;
        foreach (var topic in _topics.Values)
        {
            foreach (var parked in topic.Records)
            {
                var entry = new byte[parked.Length];
                old.Read(entry, parked.Offset);
                _buffer.ResetWrittenCount();
                ParkingFormat.Write(_buffer, end, ParkingFormat.Parked, ParkingFormat.RecordOf(entry, topic.Topic), topic.Topic.Utf8Name.Span, parked.ParkedUnixMilliseconds);
                fresh.Write(_buffer.WrittenSpan, end);
                end += parked.Length;
            }
        }

        return end;
    }

    /// <summary>In the copy the records stand one after another, in the same order.</summary>
    private void MoveToCopies()
    {
        var end = (long)ParkingFormat.HeaderSizeBytes;
        foreach (var topic in _topics.Values)
        {
            for (var left = topic.Records.Count; left > 0; left--)
            {
                var parked = topic.Records.Dequeue();
                topic.Records.Enqueue(parked with { Offset = end });
                end += parked.Length;
            }
        }
    }
}
