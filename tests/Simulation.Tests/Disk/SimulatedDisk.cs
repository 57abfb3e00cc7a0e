using IoTGateway.Queue.Files;

namespace IoTGateway.Simulation.Tests.Disk;

/// <summary>
/// A disk in memory that keeps exactly what <see cref="IDisk"/> promises and no more. What was not flushed is kept, lost or torn at a
/// crash; names come and go as long as their directory is not flushed; operations fail; the disk fills up; bytes rot. Everything is decided
/// by the seed, so a run can be repeated. For one thread.
/// </summary>
internal sealed class SimulatedDisk(Random random) : IDisk
{
    private const int OutOfSpace = 28; // ENOSPC
    private const int LeftoversAtMost = 8;

    private readonly SortedDictionary<string, DirectoryContent> _directories = new(StringComparer.Ordinal);
    private readonly List<FileContent> _leftovers = [];
    private readonly HashSet<string> _locks = new(StringComparer.Ordinal);

    /// <summary>Decides what becomes of each operation, and may do other things meanwhile: while a flush takes its time, say.</summary>
    public Func<DiskOperation, string, DiskFate> Fate { get; set; } = (_, _) => DiskFate.Succeeds;

    /// <summary>What fits on the disk, in bytes.</summary>
    public long CapacityBytes { get; set; } = long.MaxValue;

    /// <summary>How many operations changed the disk, or tried to.</summary>
    public int OperationCount { get; private set; }

    /// <summary>Whether the machine has stopped; then nothing works until <see cref="Restart"/>.</summary>
    public bool HasCrashed { get; private set; }

    /// <summary>How often the machine was started again; a file that was opened before is of no use.</summary>
    public int Restarts { get; private set; }

    private long UsedBytes => _directories.Values.SelectMany(directory => directory.Files.Values).Sum(file => (long)file.Length);

    /// <summary>The process, or the whole machine, stops.</summary>
    public void Crash() => HasCrashed = true;

    /// <summary>Starts the machine again.</summary>
    /// <param name="powerWasLost">Whether the page cache is gone with everything that was not flushed; if not, only the process was killed.</param>
    public void Restart(bool powerWasLost)
    {
        HasCrashed = false;
        Restarts++;
        _locks.Clear();
        if (!powerWasLost)
        {
            return;
        }

        foreach (var directory in _directories.Values)
        {
            directory.LosePower(random);
        }

        foreach (var file in _directories.Values.SelectMany(directory => directory.Files.Values).Distinct())
        {
            file.LosePower(random, _leftovers.Count > 0 && random.Next(2) == 0 ? _leftovers[random.Next(_leftovers.Count)] : null);
        }
    }

    /// <summary>The kernel writes back some of what is dirty without being asked.</summary>
    public void WriteBack()
    {
        foreach (var file in _directories.Values.SelectMany(directory => directory.Files.Values))
        {
            file.WriteBack(random);
        }
    }

    /// <summary>The content of a file, to look at or to damage.</summary>
    public FileContent ContentOf(string path) => Find(path) ?? throw new FileNotFoundException($"There is no file {path}.", path);

    /// <summary>The names in a directory, also while the machine stands still.</summary>
    public IReadOnlyList<string> FilesOf(string directory) => _directories.TryGetValue(directory, out var found) ? [.. found.Files.Keys] : [];

    public void CreateDirectory(string path)
    {
        ThrowIfCrashed();
        _directories.TryAdd(path, new DirectoryContent());
    }

    public IReadOnlyList<string> ListFiles(string directory)
    {
        ThrowIfCrashed();
        return [.. DirectoryOf(directory).Files.Keys];
    }

    public IDiskFile CreateFile(string path)
    {
        var content = new FileContent();
        Do(DiskOperation.CreateFile, path, () =>
        {
            if (Find(path) is not null)
            {
                throw new IOException($"{path} exists already.");
            }

            ParentOf(path).Change(new DirectoryChange(null, Path.GetFileName(path), content));
        });
        return new SimulatedFile(this, path, content, writable: true);
    }

    public IDiskFile OpenFile(string path)
    {
        ThrowIfCrashed();
        return new SimulatedFile(this, path, ContentOf(path), writable: false);
    }

    public IDiskFile ReopenFile(string path)
    {
        ThrowIfCrashed();
        return new SimulatedFile(this, path, ContentOf(path), writable: true);
    }

    public IDisposable Lock(string path)
    {
        ThrowIfCrashed();
        return _locks.Add(path) ? new HeldLock(this, path, Restarts) : throw new IOException($"{path} is locked.");
    }

    public void RenameFile(string from, string to) => Do(
        DiskOperation.RenameFile, to, () => ParentOf(from).Change(new DirectoryChange(Path.GetFileName(from), Path.GetFileName(to), ContentOf(from))));

    public void DeleteFile(string path) => Do(DiskOperation.DeleteFile, path, () =>
    {
        // As the real one does, deleting what is not there succeeds.
        if (Find(path) is { } content)
        {
            ParentOf(path).Change(new DirectoryChange(Path.GetFileName(path), null, null));
            _leftovers.Insert(0, content);
            _leftovers.RemoveRange(Math.Min(_leftovers.Count, LeftoversAtMost), Math.Max(0, _leftovers.Count - LeftoversAtMost));
        }
    });

    public long AvailableBytes(string directory)
    {
        ThrowIfCrashed();
        return CapacityBytes == long.MaxValue ? long.MaxValue : Math.Max(0, CapacityBytes - UsedBytes);
    }

    public void Allocate(string path, long bytes)
    {
        if (Find(path) is { } content && content.Length == bytes)
        {
            return;
        }

        DeleteFile(path);
        using var file = CreateFile(path);
        file.Write(new byte[bytes], 0);
        file.Flush();
    }

    public void FlushDirectory(string path) => Do(DiskOperation.FlushDirectory, path, () => DirectoryOf(path).Flush());

    internal void Write(string path, FileContent content, ReadOnlySpan<byte> bytes, long offset)
    {
        var fate = Meet(DiskOperation.Write, path);
        var room = Math.Max(0, content.Length - offset) + (CapacityBytes == long.MaxValue ? bytes.Length : Math.Max(0, CapacityBytes - UsedBytes));
        var fitting = (int)Math.Min(bytes.Length, room);
        content.Write(bytes[..(fate == DiskFate.Succeeds ? fitting : random.Next(fitting + 1))], offset);
        End(fate, DiskOperation.Write, path);
        if (fitting < bytes.Length)
        {
            throw new IOException($"No space left on device: {path}.", OutOfSpace);
        }
    }

    internal void Flush(string path, FileContent content)
    {
        var fate = Meet(DiskOperation.Flush, path);
        if (fate == DiskFate.Succeeds)
        {
            content.Flush();
        }
        else if (fate == DiskFate.Fails)
        {
            content.FailFlush(random);
        }

        End(fate, DiskOperation.Flush, path);
    }

    internal void ThrowIfCrashed()
    {
        if (HasCrashed)
        {
            throw new MachineStoppedException();
        }
    }

    private void Do(DiskOperation operation, string path, Action action)
    {
        var fate = Meet(operation, path);
        if (fate == DiskFate.Succeeds || (fate == DiskFate.Crashes && random.Next(2) == 0))
        {
            action();
        }

        End(fate, operation, path);
    }

    private DiskFate Meet(DiskOperation operation, string path)
    {
        ThrowIfCrashed();
        OperationCount++;
        var fate = Fate(operation, path);
        ThrowIfCrashed();
        return fate;
    }

    private void End(DiskFate fate, DiskOperation operation, string path)
    {
        if (fate == DiskFate.Crashes)
        {
            Crash();
            throw new MachineStoppedException();
        }

        if (fate == DiskFate.Fails)
        {
            throw new IOException($"The simulated disk fails: {operation} {path}.");
        }
    }

    private FileContent? Find(string path) => ParentOf(path).Files.GetValueOrDefault(Path.GetFileName(path));

    private DirectoryContent ParentOf(string path) => DirectoryOf(Path.GetDirectoryName(path)!);

    private DirectoryContent DirectoryOf(string path) =>
        _directories.TryGetValue(path, out var directory) ? directory : throw new DirectoryNotFoundException($"There is no directory {path}.");

    private sealed class HeldLock(SimulatedDisk disk, string path, int restarts) : IDisposable
    {
        public void Dispose()
        {
            if (disk.Restarts == restarts)
            {
                disk._locks.Remove(path);
            }
        }
    }
}
