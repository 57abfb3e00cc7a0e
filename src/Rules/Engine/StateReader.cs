using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Rules.Engine;

/// <summary>Reads what <see cref="StateWriter"/> wrote. Throws <see cref="InvalidDataException"/> where that ends too early or cannot be.</summary>
internal ref struct StateReader(ReadOnlySpan<byte> state)
{
    private ReadOnlySpan<byte> _rest = state;

    /// <summary>Whether everything has been read.</summary>
    public readonly bool AtEnd => _rest.IsEmpty;

    /// <summary>One byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>Four bytes.</summary>
    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));

    /// <summary>Eight bytes.</summary>
    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    /// <summary>Eight bytes.</summary>
    public double Double() => BitConverter.Int64BitsToDouble(Int64());

    /// <summary>A text.</summary>
    public string Text() => Encoding.UTF8.GetString(Take(Count(1)));

    /// <summary>A count of things that take at least so many bytes each; more than the rest could hold is refused before anything is made of it.</summary>
    public int Count(int leastBytesEach)
    {
        var count = Int32();
        return count >= 0 && (long)count * leastBytesEach <= _rest.Length ? count : throw new InvalidDataException(
            $"The engine's state names {count} things where {_rest.Length} bytes are left.");
    }

    /// <summary>A place in a table of that size.</summary>
    public int Index(int size)
    {
        var index = Int32();
        return (uint)index < (uint)size ? index : throw new InvalidDataException($"The engine's state names place {index} of a table of {size}.");
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)_rest.Length)
        {
            throw new InvalidDataException($"The engine's state ends {length - _rest.Length} bytes too early.");
        }

        var taken = _rest[..length];
        _rest = _rest[length..];
        return taken;
    }
}
