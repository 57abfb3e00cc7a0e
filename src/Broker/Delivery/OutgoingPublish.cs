using System.Buffers.Binary;
using System.Text;
using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Delivery;

/// <summary>Encodes the gateway's own PUBLISH (MQTT 3.1.1, 3.3; MQTT 5, 3.3). One for a connection, since it remembers topic aliases.</summary>
/// <remarks><code>
/// size
///    1  0x30, with DUP (8), QoS (2 and 4) and retain (1)
///    1+ length of the rest
///    2+ topic; empty where an alias stands for it
///    2  packet identifier                                    QoS 1 and 2
///    1+ length of the properties                             MQTT 5
///         1+4  0x02 message expiry: what is left of it       where the message has one
///         1+2  0x23 topic alias                              where the client takes them
///         1+1  0x0B subscription identifier, each            where the subscription has one
///           .  the publisher's, as they came
///    .  payload
/// </code></remarks>
/// <param name="version5">Whether there are properties.</param>
/// <param name="aliasesAtMost">How many topic aliases the client takes.</param>
/// <param name="packetSizeBytesAtMost">The largest packet the client takes; 0 for any.</param>
internal sealed class OutgoingPublish(bool version5, int aliasesAtMost, uint packetSizeBytesAtMost)
{
    private readonly Dictionary<string, ushort> _aliases = new(StringComparer.Ordinal);

    /// <summary>Writes one; returns its bytes, or 0 where it is larger than the client takes.</summary>
    public int Write(ConnectionOutput output, in OutgoingPacket packet, long nowUnixMilliseconds)
    {
        var (message, qualityOfService) = (packet.Message.Message, packet.Message.QualityOfService);
        var (alias, known) = AliasOf(message.Topic);
        var topicLength = known ? 0 : Encoding.UTF8.GetByteCount(message.Topic);
        var properties = version5 ? PropertiesSizeBytes(packet.Message, alias) : 0;
        var body = 2 + topicLength + (qualityOfService > 0 ? 2 : 0) + (version5 ? PacketFrame.LengthSizeBytes(properties) + properties : 0) + message.Payload.Length;
        var size = 1 + PacketFrame.LengthSizeBytes(body) + body;
        if (packetSizeBytesAtMost > 0 && size > packetSizeBytesAtMost)
        {
            return 0;
        }

        if (alias != 0)
        {
            _aliases[message.Topic] = alias;
        }

        var head = output.GetSpan(size - message.Payload.Length);
        var first = (byte)(0x30 | (packet.Duplicate ? 8 : 0) | qualityOfService << 1 | (packet.Message.Retain ? 1 : 0));
        var at = PacketFrame.Write(head, first, body);
        BinaryPrimitives.WriteUInt16BigEndian(head[at..], (ushort)topicLength);
        at += 2 + (known ? 0 : Encoding.UTF8.GetBytes(message.Topic, head[(at + 2)..]));
        if (qualityOfService > 0)
        {
            BinaryPrimitives.WriteUInt16BigEndian(head[at..], packet.PacketIdentifier);
            at += 2;
        }

        if (version5)
        {
            at += PacketFrame.WriteLength(head[at..], properties);
            at += WriteProperties(head[at..], packet.Message, alias, nowUnixMilliseconds);
        }

        output.Advance(at);
        output.Write(message.Payload);
        return size;
    }

    /// <summary>The alias of a topic, 0 for none, and whether the client knows it already.</summary>
    private (ushort Alias, bool Known) AliasOf(string topic)
    {
        if (_aliases.TryGetValue(topic, out var alias))
        {
            return (alias, true);
        }

        return ((ushort)(_aliases.Count < aliasesAtMost ? _aliases.Count + 1 : 0), false);
    }

    private static int PropertiesSizeBytes(in OutgoingMessage message, ushort alias)
    {
        var size = (message.Message.ExpiresUnixMilliseconds is null ? 0 : 5) + (alias == 0 ? 0 : 3) + message.Message.Properties.Length;
        foreach (var identifier in message.Identifiers ?? [])
        {
            size += 1 + PacketFrame.LengthSizeBytes((int)identifier);
        }

        return size;
    }

    private static int WriteProperties(Span<byte> target, in OutgoingMessage message, ushort alias, long nowUnixMilliseconds)
    {
        var at = 0;
        if (message.Message.ExpiresUnixMilliseconds is { } expires)
        {
            target[at] = Property.MessageExpiry;
            BinaryPrimitives.WriteUInt32BigEndian(target[(at + 1)..], (uint)Math.Max(0, (expires - nowUnixMilliseconds + 999) / 1_000));
            at += 5;
        }

        if (alias != 0)
        {
            target[at] = Property.TopicAlias;
            BinaryPrimitives.WriteUInt16BigEndian(target[(at + 1)..], alias);
            at += 3;
        }

        foreach (var identifier in message.Identifiers ?? [])
        {
            target[at++] = Property.SubscriptionIdentifier;
            at += PacketFrame.WriteLength(target[at..], (int)identifier);
        }

        message.Message.Properties.CopyTo(target[at..]);
        return at + message.Message.Properties.Length;
    }
}
