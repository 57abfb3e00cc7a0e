using IoTGateway.Queue.Files;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>The real disk, whose flushes a test can hold back or let fail.</summary>
internal sealed class HeldDisk : IDisk
{
    private readonly RealDisk _disk = new();
    private readonly object _gate = new();
    private bool _held;
    private int _passes;
    private int _waiting;

    /// <summary>Whether flushes fail from now on.</summary>
    public bool Fails { get; set; }

    /// <summary>How many flushes are held at the moment.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
            {
                return _waiting;
            }
        }
    }

    public void Hold()
    {
        lock (_gate)
        {
            _held = true;
            _passes = 0;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _held = false;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Lets one flush pass that is held, or the next one.</summary>
    public void ReleaseOne()
    {
        lock (_gate)
        {
            _passes++;
            Monitor.PulseAll(_gate);
        }
    }

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => _disk.ListFiles(directory);

    public IDiskFile CreateFile(string path) => new HeldFile(this, _disk.CreateFile(path));

    public IDiskFile OpenFile(string path) => _disk.OpenFile(path);

    public IDiskFile ReopenFile(string path) => _disk.ReopenFile(path);

    public IDisposable Lock(string path) => _disk.Lock(path);

    public void RenameFile(string from, string to) => _disk.RenameFile(from, to);

    public void DeleteFile(string path) => _disk.DeleteFile(path);

    public void FlushDirectory(string path) => _disk.FlushDirectory(path);

    /// <summary>What the volume has left.</summary>
    public long Available { get; set; } = long.MaxValue;

    public long AvailableBytes(string directory) => Available;

    public void Allocate(string path, long bytes) => _disk.Allocate(path, bytes);

    private void Pass()
    {
        lock (_gate)
        {
            _waiting++;
            while (_held && _passes == 0)
            {
                Monitor.Wait(_gate);
            }

            _waiting--;

            _passes = Math.Max(0, _passes - 1);
        }
    }

    private sealed class HeldFile(HeldDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void Flush()
        {
            disk.Pass();
            if (disk.Fails)
            {
                throw new IOException("The test lets the flush fail.");
            }

            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
