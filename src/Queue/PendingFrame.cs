using IoTGateway.Queue.Segments;

namespace IoTGateway.Queue;

/// <summary>The frame that is being filled while the one before it is on its way to the disk. Guarded by the append lock.</summary>
internal sealed class PendingFrame
{
    private const int FirstSizeBytes = 256 << 10;

    private byte[] _bytes = new byte[FirstSizeBytes];

    public PendingFrame() => Clear();

    public int Length { get; private set; }

    public int RecordCount { get; private set; }

    public Commit Commit { get; private set; } = new();

    /// <summary>The whole frame; the header is written by the log's writer.</summary>
    public Span<byte> Bytes => _bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = FrameHeader.SizeBytes;
        RecordCount = 0;
        Commit = new Commit();
    }

    public void Add(RecordKind kind, uint topic, long sequence, long time, ReadOnlySpan<byte> head, ReadOnlySpan<byte> payload)
    {
        var bodyLength = head.Length + payload.Length;
        var end = Length + RecordFormat.HeadSizeBytes + bodyLength;
        if (end > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(end, _bytes.Length * 2));
        }

        var target = _bytes.AsSpan(Length, end - Length);
        RecordFormat.WriteHead(target, kind, bodyLength, topic, sequence, time);
        head.CopyTo(target[RecordFormat.HeadSizeBytes..]);
        payload.CopyTo(target[(RecordFormat.HeadSizeBytes + head.Length)..]);
        Length = end;
        RecordCount++;
    }
}
