using IoTGateway.Queue.Files;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>A disk in memory that can be copied at any moment: the copy is what a machine finds after the power failed at that moment.</summary>
internal sealed class MemoryDisk : IDisk
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, MemoryFile> _files = new(StringComparer.Ordinal);
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);

    /// <summary>What is on it now, without its locks.</summary>
    public MemoryDisk Copy()
    {
        var copy = new MemoryDisk();
        lock (_gate)
        {
            foreach (var (path, file) in _files)
            {
                copy._files.Add(path, file.Copy());
            }
        }

        return copy;
    }

    /// <summary>Files whose path contains this find no room to be written.</summary>
    public string? NoRoomFor { get; set; }

    /// <summary>How many files found none.</summary>
    public int Refused { get; set; }

    public void CreateDirectory(string path)
    {
    }

    public IReadOnlyList<string> ListFiles(string directory)
    {
        lock (_gate)
        {
            return [.. _files.Keys.Where(path => Path.GetDirectoryName(path) == directory).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
        }
    }

    public IDiskFile CreateFile(string path)
    {
        lock (_gate)
        {
            if (NoRoomFor is { } full && path.Contains(full, StringComparison.Ordinal))
            {
                Refused++;
                const int OutOfSpace = 28; // ENOSPC
                throw new IOException("No space left on device.", OutOfSpace);
            }

            var file = new MemoryFile();
            return _files.TryAdd(path, file) ? file : throw new IOException($"{path} exists.");
        }
    }

    public IDiskFile OpenFile(string path)
    {
        lock (_gate)
        {
            return _files.TryGetValue(path, out var file) ? file : throw new FileNotFoundException($"There is no {path}.");
        }
    }

    public IDiskFile ReopenFile(string path) => OpenFile(path);

    public IDisposable Lock(string path)
    {
        lock (_gate)
        {
            return _locks.Add(path) ? new Unlock(this, path) : throw new IOException($"{path} is locked.");
        }
    }

    public void RenameFile(string from, string to)
    {
        lock (_gate)
        {
            _files.Remove(from, out var file);
            _files[to] = file!;
        }
    }

    public void DeleteFile(string path)
    {
        lock (_gate)
        {
            _files.Remove(path);
        }
    }

    public long AvailableBytes(string directory) => long.MaxValue;

    public void Allocate(string path, long bytes) => CreateFile(path).Dispose();

    public void FlushDirectory(string path)
    {
    }

    private sealed class Unlock(MemoryDisk disk, string path) : IDisposable
    {
        public void Dispose()
        {
            lock (disk._gate)
            {
                disk._locks.Remove(path);
            }
        }
    }

    private sealed class MemoryFile : IDiskFile
    {
        private readonly Lock _gate = new();
        private byte[] _bytes = [];
        private int _length;

        public long Length
        {
            get
            {
                lock (_gate)
                {
                    return _length;
                }
            }
        }

        public MemoryFile Copy()
        {
            lock (_gate)
            {
                return new MemoryFile { _bytes = _bytes[.._length], _length = _length };
            }
        }

        public int Read(Span<byte> buffer, long offset)
        {
            lock (_gate)
            {
                var count = (int)Math.Clamp(_length - offset, 0, buffer.Length);
                _bytes.AsSpan((int)Math.Min(offset, _length), count).CopyTo(buffer);
                return count;
            }
        }

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            lock (_gate)
            {
                var end = (int)offset + bytes.Length;
                if (end > _bytes.Length)
                {
                    Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
                }

                bytes.CopyTo(_bytes.AsSpan((int)offset));
                _length = Math.Max(_length, end);
            }
        }

        public void Flush()
        {
        }

        public void Dispose()
        {
        }
    }
}
