using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Segments;

/// <summary>Goes through the frames of one segment's file, checking each.</summary>
internal sealed class SegmentScanner(IDiskFile file, long baseAddress, long from)
{
    private const int ReadAheadBytes = 1 << 20;

    private byte[] _buffer = new byte[ReadAheadBytes];
    private long _bufferStart;
    private int _bufferLength;

    /// <summary>The address of the next frame, or of the first byte that is not one.</summary>
    public long Address { get; private set; } = from;

    /// <summary>The present frame's header.</summary>
    public FrameHeader Header { get; private set; }

    /// <summary>The present frame's records; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Records { get; private set; }

    /// <summary>Goes to the next frame; false where there is none that is whole.</summary>
    /// <param name="limit">The address behind the last byte that may be read.</param>
    public bool TryNext(long limit)
    {
        var head = Bytes(Address, FrameHeader.SizeBytes, limit);
        if (!FrameHeader.TryRead(head.Span, out var header))
        {
            return false;
        }

        var frame = Bytes(Address, header.FrameLength, limit);
        if (!FrameHeader.IsValid(frame.Span, Address, header))
        {
            return false;
        }

        Header = header;
        Records = frame[FrameHeader.SizeBytes..];
        Address += header.FrameLength;
        return true;
    }

    /// <summary>
    /// The address of the next whole frame behind a place that is not one; null if there is none. What lies before it is damage in the
    /// middle of the log, for behind the end of the log there is never a whole frame.
    /// </summary>
    public long? FindFrameBehind(long address, long limit)
    {
        for (var at = address; at + FrameHeader.SizeBytes < limit;)
        {
            var bytes = Bytes(at, (int)Math.Min(ReadAheadBytes, limit - at), limit).Span;
            var found = bytes.IndexOf(FrameHeader.Magic);
            if (found < 0)
            {
                at += Math.Max(1, bytes.Length - FrameHeader.Magic.Length + 1);
                continue;
            }

            at += found;
            if (FrameHeader.TryRead(Bytes(at, FrameHeader.SizeBytes, limit).Span, out var header)
                && at + header.FrameLength <= limit
                && FrameHeader.IsValid(Bytes(at, header.FrameLength, limit).Span, at, header))
            {
                return at;
            }

            at++;
        }

        return null;
    }

    /// <summary>Up to <paramref name="count"/> bytes at an address; fewer at the limit or the end of the file.</summary>
    private ReadOnlyMemory<byte> Bytes(long address, int count, long limit)
    {
        count = (int)Math.Min(count, Math.Max(0, limit - address));
        if (address < _bufferStart || address + count > _bufferStart + _bufferLength)
        {
            if (_buffer.Length < count)
            {
                // A damaged length must not make us allocate more than the file has.
                count = (int)Math.Min(count, Math.Max(0, baseAddress + file.Length - address));
                _buffer = _buffer.Length < count ? new byte[count] : _buffer;
            }

            var wanted = (int)Math.Min(_buffer.Length, limit - address);
            _bufferStart = address;
            _bufferLength = wanted <= 0 ? 0 : file.Read(_buffer.AsSpan(0, wanted), address - baseAddress);
        }

        var start = (int)(address - _bufferStart);
        return _buffer.AsMemory(start, Math.Min(count, _bufferLength - start));
    }
}
