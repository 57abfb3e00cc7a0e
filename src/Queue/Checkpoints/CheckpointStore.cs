using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Checkpoints;

/// <summary>Durable snapshots of state, each with its log position; CRC, fsync, two kept. Safe from any thread.</summary>
/// <remarks>
/// A file <c>{name}.{position, 20 digits}.checkpoint</c>, numbers little-endian:
/// <code>
/// offset size
///      0    8  magic "IoTGWckp"
///      8    4  version of this frame, 1
///     12    4  version of the state's own form
///     16    8  log position: the state includes everything before it
///     24    4  length of the state in bytes
///     28    4  CRC-32C of the name (UTF-8), bytes 0 to 27, and the state
///     32    .  state
/// </code>
/// </remarks>
public sealed class CheckpointStore
{
    private const int HeadSizeBytes = 32;
    private const uint FrameVersion = 1;
    private const string Extension = ".checkpoint";
    private const int KeptEach = 2;

    private readonly IDisk _disk;
    private readonly string _directory;
    private readonly Func<bool> _makeRoom;
    private readonly Action<string>? _foundUnreadable;
    private readonly Lock _gate = new();
    private readonly SortedSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>The checkpoints of a directory.</summary>
    /// <param name="disk">The door to the file system.</param>
    /// <param name="directory">Where they are.</param>
    /// <param name="makeRoom">Asked for room when there is none for a checkpoint; false if it has none to give. Null: nobody is asked.</param>
    /// <param name="foundUnreadable">Told once of each checkpoint that cannot be read.</param>
    internal CheckpointStore(IDisk disk, string directory, Func<bool>? makeRoom = null, Action<string>? foundUnreadable = null)
    {
        _disk = disk;
        _directory = directory;
        _makeRoom = makeRoom ?? (() => false);
        _foundUnreadable = foundUnreadable;
    }

    private static ReadOnlySpan<byte> Magic => "IoTGWckp"u8;

    /// <summary>Paths of checkpoints that were asked for and could not be read.</summary>
    internal IReadOnlyCollection<string> Unreadable
    {
        get
        {
            lock (_gate)
            {
                return [.. _unreadable];
            }
        }
    }

    /// <summary>Writes a checkpoint durably; the oldest of three is deleted.</summary>
    /// <param name="name">Whose state it is: lower case and hyphens.</param>
    /// <param name="formatVersion">The version of the state's form.</param>
    /// <param name="position">The state includes everything before this place.</param>
    /// <param name="state">The state.</param>
    /// <exception cref="DiskFullException">There is no room for it, also with the log's reserve given up; the older ones stay as they were.</exception>
    public void Save(string name, int formatVersion, LogPosition position, ReadOnlySpan<byte> state)
    {
        var content = new byte[HeadSizeBytes + state.Length];
        Magic.CopyTo(content);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(8), FrameVersion);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(12), formatVersion);
        BinaryPrimitives.WriteInt64LittleEndian(content.AsSpan(16), position.Address);
        BinaryPrimitives.WriteInt32LittleEndian(content.AsSpan(24), state.Length);
        state.CopyTo(content.AsSpan(HeadSizeBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(28), ChecksumOf(name, content));
        lock (_gate)
        {
            Replace(NameOf(name, position.Address), content);
            var kept = Positions(name);
            for (var index = 0; index < kept.Count - KeptEach; index++)
            {
                _disk.DeleteFile(Path.Combine(_directory, NameOf(name, kept[index])));
            }
        }
    }

    /// <summary>The newest checkpoint that can be read; null where there is none.</summary>
    public Checkpoint? Load(string name, int formatVersion) => Load(name, formatVersion, new LogPosition(long.MaxValue));

    /// <summary>The newest checkpoint at or before a place that can be read; null where there is none.</summary>
    /// <exception cref="InvalidDataException">The newest readable checkpoint has another format version.</exception>
    public Checkpoint? Load(string name, int formatVersion, LogPosition atMost)
    {
        lock (_gate)
        {
            foreach (var position in Positions(name).Where(position => position <= atMost.Address).Reverse())
            {
                var path = Path.Combine(_directory, NameOf(name, position));
                if (ReadWhole(name, path) is not { } content)
                {
                    if (_unreadable.Add(path))
                    {
                        _foundUnreadable?.Invoke(path);
                    }

                    continue;
                }

                var version = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(12));
                return version == formatVersion
                    ? new Checkpoint(new LogPosition(position), content.AsMemory(HeadSizeBytes))
                    : throw new InvalidDataException($"{path} has format {version}; this program knows format {formatVersion}. Use the program that wrote it.");
            }

            return null;
        }
    }

    /// <summary>
    /// The position of the older of the two kept checkpoints: the log is needed from there on. Null while there are not two yet, for then
    /// the log is all there is if the only one cannot be read.
    /// </summary>
    public LogPosition? OldestPosition(string name)
    {
        lock (_gate)
        {
            return Positions(name) is [var older, _, ..] ? new LogPosition(older) : null;
        }
    }

    /// <summary>The position of the newest of the kept checkpoints, readable or not. Null where there is none.</summary>
    internal LogPosition? NewestPosition(string name)
    {
        lock (_gate)
        {
            return Positions(name) is [.., var newest] ? new LogPosition(newest) : null;
        }
    }

    /// <summary>The furthest place that any checkpoint has reached, readable or not, whosever it is. The log's beginning where there is none.</summary>
    internal LogPosition FurthestPosition()
    {
        lock (_gate)
        {
            return new LogPosition(_disk.ListFiles(_directory).Where(IsCheckpoint).Select(file => PositionOf(file).Address).DefaultIfEmpty().Max());
        }
    }

    /// <summary>Whether there are checkpoints of this name, and none of them could be read.</summary>
    internal bool IsLost(string name)
    {
        lock (_gate)
        {
            var positions = Positions(name);
            return positions.Count > 0 && positions.TrueForAll(position => _unreadable.Contains(Path.Combine(_directory, NameOf(name, position))));
        }
    }

    /// <summary>How many checkpoints there are, and the names of those that cannot be read.</summary>
    internal (int Count, IReadOnlyList<string> Unreadable) Verify()
    {
        lock (_gate)
        {
            var files = _disk.ListFiles(_directory).Where(IsCheckpoint).ToList();
            return (files.Count, [.. files.Where(file => ReadWhole(file[..^(21 + Extension.Length)], Path.Combine(_directory, file)) is null)]);
        }
    }

    /// <summary>The position in the name of a checkpoint's file.</summary>
    internal static LogPosition PositionOf(string path) =>
        new(long.Parse(Path.GetFileNameWithoutExtension(path).AsSpan()[^20..], NumberStyles.None, CultureInfo.InvariantCulture));

    private void Replace(string name, byte[] content)
    {
        try
        {
            _disk.ReplaceFile(_directory, name, content);
        }
        catch (DiskFullException) when (_makeRoom())
        {
            _disk.ReplaceFile(_directory, name, content);
        }
    }

    private byte[]? ReadWhole(string name, string path)
    {
        try
        {
            var content = _disk.ReadFile(path);
            return IsWhole(name, content) ? content : null;
        }
        catch (IOException)
        {
            return null; // The disk cannot read it; the older one serves.
        }
    }

    private static bool IsWhole(string name, byte[] content) =>
        content.Length >= HeadSizeBytes
        && content.AsSpan().StartsWith(Magic)
        && BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(8)) == FrameVersion
        && BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(24)) == content.Length - HeadSizeBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(content.AsSpan(28)) == ChecksumOf(name, content);

    private static uint ChecksumOf(string name, ReadOnlySpan<byte> content) =>
        Crc32C.Append(Crc32C.Append(Crc32C.Append(0, Encoding.UTF8.GetBytes(name)), content[..28]), content[HeadSizeBytes..]);

    private static bool IsCheckpoint(string file) =>
        file.EndsWith(Extension, StringComparison.Ordinal) && file.Length > 21 + Extension.Length
        && long.TryParse(file.AsSpan(file.Length - 20 - Extension.Length, 20), NumberStyles.None, CultureInfo.InvariantCulture, out _);

    private static string NameOf(string name, long position) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}.{position:D20}{Extension}");

    private List<long> Positions(string name)
    {
        var positions = new List<long>();
        foreach (var file in _disk.ListFiles(_directory))
        {
            if (file.Length == name.Length + 1 + 20 + Extension.Length
                && file.StartsWith(name + ".", StringComparison.Ordinal)
                && file.EndsWith(Extension, StringComparison.Ordinal)
                && long.TryParse(file.AsSpan(name.Length + 1, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                positions.Add(position);
            }
        }

        positions.Sort();
        return positions;
    }
}
