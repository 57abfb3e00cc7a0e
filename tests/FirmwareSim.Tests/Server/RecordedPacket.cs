using System.Text;

namespace IoTGateway.FirmwareSim.Tests.Server;

/// <summary>A packet as it came from a device, taken apart by hand from its bytes.</summary>
/// <param name="Connection">The connection it came on, from 1.</param>
/// <param name="Type">Its type.</param>
/// <param name="Flags">The low four bits of its first byte.</param>
internal sealed record RecordedPacket(int Connection, PacketType Type, int Flags)
{
    public int PacketId { get; init; }

    public string Topic { get; init; } = "";

    public string Payload { get; init; } = "";

    public string ClientId { get; init; } = "";

    public int ProtocolLevel { get; init; }

    public bool CleanSession { get; init; }

    public int KeepAliveSeconds { get; init; }

    public string? WillTopic { get; init; }

    public string? WillPayload { get; init; }

    public int WillQuality { get; init; }

    public bool WillRetain { get; init; }

    public bool Duplicate => (Flags & 8) != 0;

    public int Quality => (Flags >> 1) & 3;

    public bool Retain => (Flags & 1) != 0;

    /// <summary>Takes a packet apart.</summary>
    public static RecordedPacket Parse(int connection, byte first, ReadOnlySpan<byte> body, bool version5)
    {
        var packet = new RecordedPacket(connection, (PacketType)(first >> 4), first & 0xF);
        return packet.Type switch
        {
            PacketType.Connect => ParseConnect(packet, body),
            PacketType.Publish => ParsePublish(packet, body, version5),
            PacketType.PubRel => packet with { PacketId = body[0] << 8 | body[1] },
            _ => packet,
        };
    }

    private static RecordedPacket ParseConnect(RecordedPacket packet, ReadOnlySpan<byte> body)
    {
        // Protocol name (6 bytes), level, flags, keep alive (2), [properties], client id, [will topic, will message].
        var level = body[6];
        var flags = body[7];
        var keepAlive = body[8] << 8 | body[9];
        var rest = SkipProperties(body[10..], level == 5);
        var clientId = TakeString(ref rest);
        packet = packet with
        {
            ProtocolLevel = level,
            CleanSession = (flags & 2) != 0,
            KeepAliveSeconds = keepAlive,
            ClientId = clientId,
        };
        if ((flags & 4) == 0)
        {
            return packet;
        }

        rest = SkipProperties(rest, level == 5);
        return packet with
        {
            WillTopic = TakeString(ref rest),
            WillPayload = TakeString(ref rest),
            WillQuality = (flags >> 3) & 3,
            WillRetain = (flags & 32) != 0,
        };
    }

    private static RecordedPacket ParsePublish(RecordedPacket packet, ReadOnlySpan<byte> body, bool version5)
    {
        var rest = body;
        var topic = TakeString(ref rest);
        var packetId = rest[0] << 8 | rest[1];
        rest = SkipProperties(rest[2..], version5);
        return packet with { Topic = topic, PacketId = packetId, Payload = Encoding.UTF8.GetString(rest) };
    }

    /// <summary>Only property sets shorter than 128 bytes occur here, so their length is one byte.</summary>
    private static ReadOnlySpan<byte> SkipProperties(ReadOnlySpan<byte> bytes, bool version5) => version5 ? bytes[(1 + bytes[0])..] : bytes;

    private static string TakeString(ref ReadOnlySpan<byte> bytes)
    {
        var length = bytes[0] << 8 | bytes[1];
        var text = Encoding.UTF8.GetString(bytes.Slice(2, length));
        bytes = bytes[(2 + length)..];
        return text;
    }
}
