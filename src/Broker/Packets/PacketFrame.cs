namespace IoTGateway.Broker.Packets;

/// <summary>The fixed header of a packet: type, flags and the length of what follows (MQTT 5, 2.1).</summary>
internal static class PacketFrame
{
    /// <summary>The longest fixed header: one byte of type and flags, four bytes of length.</summary>
    public const int HeaderSizeBytesAtMost = 5;

    /// <summary>Reads the header. Never looks at more than the first five bytes.</summary>
    /// <param name="bytes">What has arrived; may be shorter or longer than the packet.</param>
    /// <param name="packetSizeBytesAtMost">The largest packet allowed, header included.</param>
    /// <param name="headerLength">Bytes of the header.</param>
    /// <param name="bodyLength">Bytes behind the header.</param>
    public static FrameResult Read(ReadOnlySpan<byte> bytes, int packetSizeBytesAtMost, out int headerLength, out int bodyLength)
    {
        headerLength = 0;
        bodyLength = 0;
        for (var at = 1; at < HeaderSizeBytesAtMost; at++)
        {
            if (at >= bytes.Length)
            {
                return FrameResult.NeedMore;
            }

            bodyLength |= (bytes[at] & 0x7F) << (7 * (at - 1));
            if ((bytes[at] & 0x80) == 0)
            {
                headerLength = at + 1;
                return headerLength + bodyLength > packetSizeBytesAtMost ? FrameResult.TooLarge : FrameResult.Known;
            }
        }

        return FrameResult.Malformed;
    }

    /// <summary>Writes the header; returns its bytes.</summary>
    public static int Write(Span<byte> target, byte first, int bodyLength)
    {
        target[0] = first;
        return 1 + WriteLength(target[1..], bodyLength);
    }

    /// <summary>Writes a number with seven bits in each byte (MQTT 5, 1.5.5); returns its bytes, 1 to 4.</summary>
    public static int WriteLength(Span<byte> target, int length)
    {
        var at = 0;
        for (; length > 0x7F; length >>= 7)
        {
            target[at++] = (byte)(length | 0x80);
        }

        target[at++] = (byte)length;
        return at;
    }

    /// <summary>How many bytes <see cref="WriteLength"/> writes.</summary>
    public static int LengthSizeBytes(int length) => length <= 0x7F ? 1 : length <= 0x3FFF ? 2 : length <= 0x1F_FFFF ? 3 : 4;
}
