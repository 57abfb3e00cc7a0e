using System.Buffers.Binary;

namespace IoTGateway.Queue.Records;

/// <summary>Reads the fields of a record's body one after another, little-endian. Throws <see cref="InvalidDataException"/> at its end.</summary>
public ref struct BodyReader(ReadOnlySpan<byte> body)
{
    private ReadOnlySpan<byte> _rest = body;

    /// <summary>How many bytes are left.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>The next byte.</summary>
    public byte ReadByte() => ReadBytes(1)[0];

    /// <summary>The next two bytes as a number.</summary>
    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(2));

    /// <summary>The next four bytes as a number.</summary>
    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(ReadBytes(4));

    /// <summary>The next eight bytes as a number.</summary>
    public long ReadInt64() => BinaryPrimitives.ReadInt64LittleEndian(ReadBytes(8));

    /// <summary>The next <paramref name="count"/> bytes.</summary>
    public ReadOnlySpan<byte> ReadBytes(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new InvalidDataException($"A record's body ends early: {count} bytes were expected, {_rest.Length} are left.");
        }

        var bytes = _rest[..count];
        _rest = _rest[count..];
        return bytes;
    }

    /// <summary>A text with a two-byte length before it, in UTF-8.</summary>
    public string ReadText() => System.Text.Encoding.UTF8.GetString(ReadBytes(ReadUInt16()));

    /// <summary>Everything that is left.</summary>
    public ReadOnlySpan<byte> ReadRest() => ReadBytes(_rest.Length);
}
