using IoTGateway.Queue.Files;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>The real disk, whose flushes a test can hold back or let fail.</summary>
internal sealed class HeldDisk : IDisk
{
    private readonly RealDisk _disk = new();
    private readonly ManualResetEventSlim _open = new(initialState: true);

    /// <summary>Whether flushes fail from now on.</summary>
    public bool Fails { get; set; }

    public void Hold() => _open.Reset();

    public void Release() => _open.Set();

    public void CreateDirectory(string path) => _disk.CreateDirectory(path);

    public IReadOnlyList<string> ListFiles(string directory) => _disk.ListFiles(directory);

    public IDiskFile CreateFile(string path) => new HeldFile(this, _disk.CreateFile(path));

    public IDiskFile OpenFile(string path) => _disk.OpenFile(path);

    public IDisposable Lock(string path) => _disk.Lock(path);

    public void RenameFile(string from, string to) => _disk.RenameFile(from, to);

    public void DeleteFile(string path) => _disk.DeleteFile(path);

    public void FlushDirectory(string path) => _disk.FlushDirectory(path);

    private sealed class HeldFile(HeldDisk disk, IDiskFile file) : IDiskFile
    {
        public long Length => file.Length;

        public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);

        public void Write(ReadOnlySpan<byte> bytes, long offset) => file.Write(bytes, offset);

        public void Flush()
        {
            disk._open.Wait();
            if (disk.Fails)
            {
                throw new IOException("The test lets the flush fail.");
            }

            file.Flush();
        }

        public void Dispose() => file.Dispose();
    }
}
