using System.Runtime.InteropServices;

namespace IoTGateway.Queue.Files;

/// <summary>The operating system's file system.</summary>
public sealed partial class RealDisk : IDisk
{
    /// <inheritdoc/>
    public void CreateDirectory(string path)
    {
        var missing = new Stack<string>();
        for (var directory = Path.GetFullPath(path); !Directory.Exists(directory); directory = Path.GetDirectoryName(directory)!)
        {
            missing.Push(directory);
        }

        while (missing.TryPop(out var directory))
        {
            Directory.CreateDirectory(directory);
            FlushDirectory(Path.GetDirectoryName(directory)!);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> ListFiles(string directory)
    {
        var names = Directory.GetFiles(directory).Select(path => Path.GetFileName(path)).ToArray();
        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    /// <inheritdoc/>
    public IDiskFile CreateFile(string path) => new RealDiskFile(path, FileMode.CreateNew, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public IDiskFile OpenFile(string path) => new RealDiskFile(path, FileMode.Open, FileAccess.Read);

    /// <inheritdoc/>
    public IDiskFile ReopenFile(string path) => new RealDiskFile(path, FileMode.Open, FileAccess.ReadWrite);

    /// <inheritdoc/>
    public IDisposable Lock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException failure)
        {
            throw new IOException($"Another gateway is using this directory ({path} is locked).", failure);
        }
    }

    /// <inheritdoc/>
    public long AvailableBytes(string directory) => new DriveInfo(Path.GetFullPath(directory)).AvailableFreeSpace;

    /// <inheritdoc/>
    public void Allocate(string path, long bytes)
    {
        if (File.Exists(path) && new FileInfo(path).Length == bytes)
        {
            return;
        }

        File.Delete(path);
        try
        {
            using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, FileOptions.None, preallocationSize: bytes);
            RandomAccess.SetLength(file, bytes);
            RandomAccess.FlushToDisk(file);
        }
        catch (IOException)
        {
            File.Delete(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public void RenameFile(string from, string to) => File.Move(from, to, overwrite: true);

    /// <inheritdoc/>
    public void DeleteFile(string path) => File.Delete(path);

    /// <inheritdoc/>
    public void FlushDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return; // NTFS journals names itself, and directories cannot be opened for flushing.
        }

        // The runtime refuses to open a directory as a file, so this goes to the C library.
        var descriptor = Open(path, flags: 0);
        if (descriptor < 0)
        {
            throw new IOException($"The directory {path} cannot be opened to make it durable (errno {Marshal.GetLastPInvokeError()}).");
        }

        try
        {
            if (FlushDescriptor(descriptor) != 0)
            {
                throw new IOException($"The directory {path} cannot be made durable (errno {Marshal.GetLastPInvokeError()}).");
            }
        }
        finally
        {
            _ = CloseDescriptor(descriptor);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FlushDescriptor(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int CloseDescriptor(int descriptor);
}
