using IoTGateway.Queue.Damage;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Segments;

/// <summary>Goes through the frames of one segment's file, checking each.</summary>
internal sealed class SegmentScanner(IDiskFile file, long baseAddress, long from)
{
    private const int ReadAheadBytes = 1 << 20;
    private const int ReadAheadBytesAtLeast = 64 << 10;
    private const int SectorSizeBytes = 4096;

    // As large as what is there to be read, so that a look at a short file costs little.
    private byte[] _buffer = new byte[Math.Clamp(baseAddress + file.Length - from, ReadAheadBytesAtLeast, ReadAheadBytes)];
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

    /// <summary>Goes to the next whole frame, around bytes that are not one; false when there is none before the limit.</summary>
    /// <param name="limit">The address behind the last byte that may be read.</param>
    /// <param name="damage">The bytes that were passed over; null if there were none. Where there is no frame behind them they reach to the limit.</param>
    public bool TryNextAround(long limit, out DamagedRange? damage)
    {
        damage = null;
        if (Address >= limit)
        {
            return false;
        }

        if (TryNext(limit))
        {
            return true;
        }

        var from = Address;
        var behind = FindFrameBehind(from, limit);
        damage = new DamagedRange(from, behind ?? limit);
        Address = damage.Value.To;
        return behind is not null && TryNext(limit);
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
            if (bytes.Length < FrameHeader.SizeBytes)
            {
                return null; // The file ends before the limit.
            }

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
            _bufferLength = wanted <= 0 ? 0 : Read(_buffer.AsSpan(0, wanted), address - baseAddress);
        }

        var start = (int)(address - _bufferStart);
        return _buffer.AsMemory(start, Math.Min(count, _bufferLength - start));
    }

    /// <summary>Where the disk cannot read some sectors, the others are still worth having: the unreadable ones come as zeros.</summary>
    private int Read(Span<byte> buffer, long offset)
    {
        try
        {
            return file.Read(buffer, offset);
        }
        catch (IOException)
        {
            return ReadBySectors(buffer, offset);
        }
    }

    private int ReadBySectors(Span<byte> buffer, long offset)
    {
        var length = (int)Math.Min(buffer.Length, Math.Max(0, file.Length - offset));
        for (var at = 0; at < length; at += SectorSizeBytes)
        {
            var sector = buffer[at..Math.Min(at + SectorSizeBytes, length)];
            try
            {
                file.Read(sector, offset + at);
            }
            catch (IOException)
            {
                sector.Clear();
            }
        }

        return length;
    }
}
