namespace IoTGateway.Queue.Files;

/// <summary>What can be done with any disk.</summary>
internal static class DiskExtensions
{
    private const string Unfinished = ".new";

    /// <summary>Puts a file in place whole or not at all: written beside it, flushed, renamed, and the directory flushed.</summary>
    /// <exception cref="DiskFullException">There is no space for it; nothing has changed, and nothing is left behind.</exception>
    public static void ReplaceFile(this IDisk disk, string directory, string name, ReadOnlySpan<byte> content)
    {
        var path = Path.Combine(directory, name);
        var temporary = path + Unfinished;
        if (disk.ListFiles(directory).Contains(name + Unfinished, StringComparer.Ordinal))
        {
            disk.DeleteFile(temporary);
        }

        var mayBeFull = true;
        try
        {
            using (var file = disk.CreateFile(temporary))
            {
                file.Write(content, 0);

                // Only a write that found no space leaves everything as it was; a flush that fails for whatever reason does not.
                mayBeFull = false;
                file.Flush();
            }

            mayBeFull = true;
            disk.RenameFile(temporary, path);
        }
        catch (IOException full) when (mayBeFull && full.IsDiskFull())
        {
            var available = disk.AvailableBytes(directory);
            disk.DeleteFile(temporary);
            throw new DiskFullException(path, content.Length, available, full);
        }

        disk.FlushDirectory(directory);
    }

    /// <summary>Deletes what a crash has left of files that were to be put in place.</summary>
    public static void DeleteUnfinished(this IDisk disk, string directory)
    {
        foreach (var name in disk.ListFiles(directory).Where(name => name.EndsWith(Unfinished, StringComparison.Ordinal)))
        {
            disk.DeleteFile(Path.Combine(directory, name));
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
