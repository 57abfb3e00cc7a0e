using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Rules.Engine;

/// <summary>Writes numbers in little-endian order and texts as their length in bytes (four bytes) and UTF-8.</summary>
internal readonly struct StateWriter(IBufferWriter<byte> output)
{
    /// <summary>One byte.</summary>
    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    /// <summary>Four bytes.</summary>
    public void Int32(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(output.GetSpan(sizeof(int)), value);
        output.Advance(sizeof(int));
    }

    /// <summary>Eight bytes.</summary>
    public void Int64(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(output.GetSpan(sizeof(long)), value);
        output.Advance(sizeof(long));
    }

    /// <summary>Eight bytes; the bits of the number, so that NaN stays the NaN it is.</summary>
    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>A text.</summary>
    public void Text(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Int32(length);
        Encoding.UTF8.GetBytes(value, output.GetSpan(Math.Max(1, length)));
        output.Advance(length);
    }
}
