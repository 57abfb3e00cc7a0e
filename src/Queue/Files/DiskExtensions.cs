namespace IoTGateway.Queue.Files;

/// <summary>What can be done with any disk.</summary>
internal static class DiskExtensions
{
    /// <summary>Puts a file in place whole or not at all: written beside it, flushed, renamed, and the directory flushed.</summary>
    /// <exception cref="DiskFullException">There is no space for it; nothing has changed.</exception>
    public static void ReplaceFile(this IDisk disk, string directory, string name, ReadOnlySpan<byte> content)
    {
        var temporary = Path.Combine(directory, name + ".new");
        if (disk.ListFiles(directory).Contains(name + ".new", StringComparer.Ordinal))
        {
            disk.DeleteFile(temporary);
        }

        using (var file = disk.CreateFile(temporary))
        {
            file.WriteUnlessFull(temporary, content);
            file.Flush();
        }

        disk.RenameFile(temporary, Path.Combine(directory, name));
        disk.FlushDirectory(directory);
    }

    /// <summary>Only a write that found no space leaves everything as it was; a flush that fails for whatever reason does not.</summary>
    private static void WriteUnlessFull(this IDiskFile file, string path, ReadOnlySpan<byte> content)
    {
        try
        {
            file.Write(content, 0);
        }
        catch (IOException full) when (full.IsDiskFull())
        {
            throw new DiskFullException(path, full);
        }
    }

    /// <summary>Whether it says that the volume, or its owner's share of it, has no space left: ENOSPC, EDQUOT, ERROR_DISK_FULL.</summary>
    public static bool IsDiskFull(this IOException failure) => failure.HResult is 28 or 122 or unchecked((int)0x80070070);

    /// <summary>The whole content of a file.</summary>
    public static byte[] ReadFile(this IDisk disk, string path)
    {
        using var file = disk.OpenFile(path);
        var content = new byte[file.Length];
        return content[..file.Read(content, 0)];
    }
}
