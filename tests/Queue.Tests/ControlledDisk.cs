using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Tests;

/// <summary>The real disk, whose flushes a test can hold back or fail, and whose calls it can count.</summary>
internal sealed class ControlledDisk : IDisk
{
    private readonly RealDisk _disk = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);
    private readonly Lock _changing = new();
    private int _writes;
    private int _flushesBeforeHold;

    /// <summary>Thrown by the next flush of a file.</summary>
    public IOException? FailFlush { get; set; }

    /// <summary>Called behind each flush of a file; nothing is changed on the disk meanwhile.</summary>
    public Action? Flushed { get; set; }

    public int Writes => Volatile.Read(ref _writes);

    /// <summary>Holds back every flush but the next few.</summary>
    public void HoldFlushes(int after = 0)
    {
        Volatile.Write(ref _flushesBeforeHold, after);
        _open.Reset();
    }

    public void ReleaseFlushes() => _open.Set();

    /// <summary>What the volume has left.</summary>
    public long Available { get; set; } = long.MaxValue;

    /// <summary>How many bytes can still be written to files before they find no space; the reserve gives its bytes back when it is deleted.</summary>
    public long? WritableBytes { get; set; }

    public long AvailableBytes(string directory) => Available;

    public void Allocate(string path, long bytes)
    {
        Take(bytes);
        _disk.Allocate(path, bytes);
    }

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => _disk.ListFiles(directory);

    public IDiskFile CreateFile(string path)
    {
        lock (_changing)
        {
            return new ControlledFile(this, _disk.CreateFile(path));
        }
    }

    public IDiskFile OpenFile(string path) => _disk.OpenFile(path);

    public IDiskFile ReopenFile(string path) => _disk.ReopenFile(path);

    public IDisposable Lock(string path) => _disk.Lock(path);

    public void RenameFile(string from, string to)
    {
        lock (_changing)
        {
            _disk.RenameFile(from, to);
        }
    }

    public void DeleteFile(string path)
    {
        if (WritableBytes is { } writable && File.Exists(path))
        {
            WritableBytes = writable + new FileInfo(path).Length;
        }

        lock (_changing)
        {
            _disk.DeleteFile(path);
        }
    }

    private void Take(long bytes)
    {
        if (WritableBytes is { } writable)
        {
            WritableBytes = writable >= bytes ? writable - bytes : throw new IOException("No space left on device", 28);
        }
    }

    public void FlushDirectory(string path) => _disk.FlushDirectory(path);

    private sealed class ControlledFile(ControlledDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset)
        {
            Interlocked.Increment(ref disk._writes);
            disk.Take(bytes.Length);
            lock (disk._changing)
            {
                file.Write(bytes, offset);
            }
        }

        public void Flush()
        {
            if (Interlocked.Decrement(ref disk._flushesBeforeHold) < 0)
            {
                disk._open.Wait();
            }

            if (disk.FailFlush is { } failure)
            {
                throw failure;
            }

            file.Flush();
            if (disk.Flushed is { } flushed)
            {
                lock (disk._changing)
                {
                    flushed();
                }
            }
        }

        public void Dispose() => file.Dispose();
    }
}
