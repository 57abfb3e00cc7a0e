using System.Globalization;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Segments;

/// <summary>One file of the log.</summary>
internal sealed class Segment(string path, SegmentHeader header, long end)
{
    private const string Extension = ".log";

    private long _end = end;

    public string Path { get; } = path;

    public SegmentHeader Header { get; } = header;

    public long BaseAddress => Header.BaseAddress;

    /// <summary>The address of the first frame.</summary>
    public long FirstFrame => BaseAddress + SegmentHeader.SizeBytes;

    /// <summary>The address behind the last durable frame. Moved by the writer, read by everybody.</summary>
    public long End
    {
        get => Volatile.Read(ref _end);
        set => Volatile.Write(ref _end, value);
    }

    public static string NameOf(long baseAddress) => baseAddress.ToString("D20", CultureInfo.InvariantCulture) + Extension;

    /// <summary>The address in a segment's file name; null for any other file.</summary>
    public static long? AddressOf(string fileName) =>
        fileName.Length == 20 + Extension.Length && fileName.EndsWith(Extension, StringComparison.Ordinal)
        && long.TryParse(fileName.AsSpan(0, 20), NumberStyles.None, CultureInfo.InvariantCulture, out var address)
            ? address
            : null;

    /// <summary>Reads the header of a segment's file; null, with the reason, if it is not whole.</summary>
    public static SegmentHeader? ReadHeader(IDiskFile file, string path, out string fault)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.SizeBytes];
        var length = file.Read(bytes, 0);
        return SegmentHeader.TryRead(bytes[..length], out fault);
    }
}
