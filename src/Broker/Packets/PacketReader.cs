using System.Buffers.Binary;

namespace IoTGateway.Broker.Packets;

/// <summary>Reads the fields of a packet's body one after another. Each method says false where the body ends early.</summary>
internal ref struct PacketReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => _rest;

    /// <summary>The next byte.</summary>
    public bool TryReadByte(out byte value)
    {
        if (_rest.IsEmpty)
        {
            value = 0;
            return false;
        }

        value = _rest[0];
        _rest = _rest[1..];
        return true;
    }

    /// <summary>The next two bytes as a big-endian number.</summary>
    public bool TryReadUInt16(out ushort value)
    {
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value))
        {
            return false;
        }

        _rest = _rest[2..];
        return true;
    }

    /// <summary>A number of one to four bytes, seven bits in each (MQTT 5, 1.5.5).</summary>
    public bool TryReadVariableInteger(out int value)
    {
        value = 0;
        for (var shift = 0; shift < 28; shift += 7)
        {
            if (!TryReadByte(out var next))
            {
                return false;
            }

            value |= (next & 0x7F) << shift;
            if ((next & 0x80) == 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Bytes with a two-byte length before them: a text or binary data.</summary>
    public bool TryReadBlock(out ReadOnlySpan<byte> value)
    {
        if (!TryReadUInt16(out var length))
        {
            value = default;
            return false;
        }

        return TryReadBytes(length, out value);
    }

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public bool TryReadBytes(int count, out ReadOnlySpan<byte> value)
    {
        if (count > _rest.Length)
        {
            value = default;
            return false;
        }

        value = _rest[..count];
        _rest = _rest[count..];
        return true;
    }
}
