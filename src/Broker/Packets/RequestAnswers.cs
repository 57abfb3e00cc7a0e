using System.Buffers.Binary;

namespace IoTGateway.Broker.Packets;

/// <summary>SUBACK and UNSUBACK (MQTT 3.1.1, 3.9 and 3.11; MQTT 5, 3.9 and 3.11), and the answer to a PUBREC nobody waits for.</summary>
/// <remarks><code>
/// size
///    1  0x90 SUBACK, 0xB0 UNSUBACK
///    1+ length of the rest
///    2  packet identifier, big-endian
///    1  length of the properties, 0           MQTT 5 only
///    .  a reason code for each filter         not in an UNSUBACK of 3.1.1
/// </code></remarks>
internal static class RequestAnswers
{
    /// <summary>SUBACK.</summary>
    public static byte[] Subscribed(ushort packetIdentifier, ReadOnlySpan<byte> reasons, bool version5) => Encode(0x90, packetIdentifier, reasons, version5);

    /// <summary>UNSUBACK.</summary>
    public static byte[] Unsubscribed(ushort packetIdentifier, ReadOnlySpan<byte> reasons, bool version5) =>
        Encode(0xB0, packetIdentifier, version5 ? reasons : default, version5);

    /// <summary>PUBREL for a message that is not known here.</summary>
    public static byte[] UnknownRelease(ushort packetIdentifier, bool version5) => version5
        ? [0x62, 3, (byte)(packetIdentifier >> 8), (byte)packetIdentifier, (byte)ReasonCode.PacketIdentifierNotFound]
        : [0x62, 2, (byte)(packetIdentifier >> 8), (byte)packetIdentifier];

    private static byte[] Encode(byte first, ushort packetIdentifier, ReadOnlySpan<byte> reasons, bool version5)
    {
        Span<byte> head = stackalloc byte[PacketFrame.HeaderSizeBytesAtMost + 3];
        var at = PacketFrame.Write(head, first, 2 + (version5 ? 1 : 0) + reasons.Length);
        BinaryPrimitives.WriteUInt16BigEndian(head[at..], packetIdentifier);
        at += 2;
        if (version5)
        {
            head[at++] = 0;
        }

        return [.. head[..at], .. reasons];
    }
}
