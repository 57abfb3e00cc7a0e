using Microsoft.Win32.SafeHandles;

namespace IoTGateway.Queue.Files;

/// <summary>A file of the operating system.</summary>
internal sealed class RealDiskFile : IDiskFile
{
    private readonly SafeFileHandle _handle;

    public RealDiskFile(string path, FileMode mode, FileAccess access) =>
        _handle = File.OpenHandle(path, mode, access, FileShare.ReadWrite | FileShare.Delete);

    public long Length => RandomAccess.GetLength(_handle);

    public int Read(Span<byte> buffer, long offset)
    {
        var total = 0;
        while (total < buffer.Length)
        {
            var count = RandomAccess.Read(_handle, buffer[total..], offset + total);
            if (count == 0)
            {
                break;
            }

            total += count;
        }

        return total;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset) => RandomAccess.Write(_handle, bytes, offset);

    public void Flush() => RandomAccess.FlushToDisk(_handle);

    public void Dispose() => _handle.Dispose();
}
