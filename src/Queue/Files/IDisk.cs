namespace IoTGateway.Queue.Files;

/// <summary>
/// The log's one door to the file system. What is not flushed may be lost, torn, reordered or kept at a crash; a new, renamed or deleted
/// file may come back as before until its directory is flushed; after a failed flush the file's content is unknown.
/// </summary>
public interface IDisk
{
    /// <summary>Makes the directory and its parents, durably. Nothing happens if it exists.</summary>
    void CreateDirectory(string path);

    /// <summary>The names (without directory) of the files in a directory, sorted ordinally.</summary>
    IReadOnlyList<string> ListFiles(string directory);

    /// <summary>Makes a file that must not exist, for writing.</summary>
    IDiskFile CreateFile(string path);

    /// <summary>Opens an existing file for reading.</summary>
    IDiskFile OpenFile(string path);

    /// <summary>Opens an existing file for reading and writing.</summary>
    IDiskFile ReopenFile(string path);

    /// <summary>Takes the exclusive lock of a directory, held until disposed. Throws <see cref="IOException"/> if another process has it.</summary>
    IDisposable Lock(string path);

    /// <summary>Renames a file over another, in the same directory.</summary>
    void RenameFile(string from, string to);

    /// <summary>Deletes a file.</summary>
    void DeleteFile(string path);

    /// <summary>How many bytes more can be written to the volume of a directory.</summary>
    long AvailableBytes(string directory);

    /// <summary>Makes a file of a size, or a file that is there that size, whose bytes have their place on the volume. Durable on return.</summary>
    void Allocate(string path, long bytes);

    /// <summary>Makes new, renamed and deleted names in the directory durable.</summary>
    void FlushDirectory(string path);
}
