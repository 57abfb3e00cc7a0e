using System.Buffers.Binary;

namespace IoTGateway.Broker.Packets;

/// <summary>
/// The session expiry interval in a DISCONNECT of MQTT 5 (3.14.2.2.2). Read here, since the packet decoder does not tell an interval of 0,
/// which ends the session, from none, which changes nothing.
/// </summary>
internal static class DisconnectExpiry
{
    /// <summary>The interval in seconds; null where there is none.</summary>
    public static uint? Find(ReadOnlySpan<byte> body)
    {
        var packet = new PacketReader(body);
        if (!packet.TryReadByte(out _) || !packet.TryReadVariableInteger(out var length) || !packet.TryReadBytes(length, out var properties))
        {
            return null;
        }

        var reader = new PacketReader(properties);
        while (reader.TryReadByte(out var property))
        {
            switch (property)
            {
                case 0x11 when reader.TryReadBytes(4, out var interval):
                    return BinaryPrimitives.ReadUInt32BigEndian(interval);
                case 0x1F when reader.TryReadBlock(out _): // reason string
                case 0x26 when reader.TryReadBlock(out _) && reader.TryReadBlock(out _): // user property
                    break;
                default:
                    return null;
            }
        }

        return null;
    }
}
