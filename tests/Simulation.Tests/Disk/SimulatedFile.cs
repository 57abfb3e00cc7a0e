using IoTGateway.Queue.Files;

namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>An open file of a <see cref="SimulatedDisk"/>. It stays usable when its name is deleted, but not over a restart.</summary>
internal sealed class SimulatedFile(SimulatedDisk disk, string path, FileContent content, bool writable) : IDiskFile
{
    private readonly int _restarts = disk.Restarts;

    public long Length
    {
        get
        {
            ThrowIfGone();
            return content.Length;
        }
    }

    public int Read(Span<byte> buffer, long offset)
    {
        ThrowIfGone();
        return content.Read(buffer, offset);
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        ThrowIfGone();
        if (!writable)
        {
            throw new UnauthorizedAccessException($"{path} was opened for reading.");
        }

        disk.Write(path, content, bytes, offset);
    }

    public void Flush()
    {
        ThrowIfGone();
        disk.Flush(path, content);
    }

    public void Dispose()
    {
        // Nothing is held: a closed file and a forgotten one are the same to the disk.
    }

    private void ThrowIfGone()
    {
        disk.ThrowIfCrashed();
        if (disk.Restarts != _restarts)
        {
            throw new MachineStoppedException();
        }
    }
}
