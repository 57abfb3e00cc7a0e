using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Queue.Records;

/// <summary>Writes the fields of a record's body or a checkpoint one after another, little-endian; what <see cref="BodyReader"/> reads.</summary>
public readonly struct BodyWriter(IBufferWriter<byte> target)
{
    /// <summary>Writes a byte.</summary>
    public void WriteByte(byte value)
    {
        target.GetSpan(1)[0] = value;
        target.Advance(1);
    }

    /// <summary>Writes two bytes.</summary>
    public void WriteUInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target.GetSpan(2), value);
        target.Advance(2);
    }

    /// <summary>Writes four bytes.</summary>
    public void WriteUInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(target.GetSpan(4), value);
        target.Advance(4);
    }

    /// <summary>Writes eight bytes.</summary>
    public void WriteInt64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(target.GetSpan(8), value);
        target.Advance(8);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes) => target.Write(bytes);

    /// <summary>Writes a text of at most 65,535 bytes in UTF-8 with a two-byte length before it.</summary>
    public void WriteText(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue, nameof(text));
        WriteUInt16((ushort)length);
        Encoding.UTF8.GetBytes(text, target.GetSpan(length));
        target.Advance(length);
    }
}
