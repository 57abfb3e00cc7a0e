using System.Buffers.Binary;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>A packet as it came over the wire.</summary>
/// <param name="First">Its first byte.</param>
/// <param name="Body">What follows the fixed header.</param>
internal sealed record RawPacket(byte First, byte[] Body)
{
    public int Type => First >> 4;

    /// <summary>The packet identifier of an acknowledgement.</summary>
    public ushort Identifier => BinaryPrimitives.ReadUInt16BigEndian(Body);

    /// <summary>The reason code of an acknowledgement; 0 where it is left out.</summary>
    public byte Reason => Body.Length > 2 ? Body[2] : (byte)0;

    public override string ToString() => $"{First:x2} {Convert.ToHexString(Body)}";
}
