using System.Text;
using System.Text.Unicode;
using IoTGateway.Broker.Delivery;

namespace IoTGateway.Broker.Packets;

/// <summary>A SUBSCRIBE (MQTT 3.1.1, 3.8; MQTT 5, 3.8).</summary>
/// <param name="PacketIdentifier">By which the answer is known.</param>
/// <param name="Requests">The filters with their options, at least one, in their order.</param>
/// <param name="Identifier">The subscription identifier of MQTT 5; 0 for none.</param>
internal sealed record SubscribePacket(ushort PacketIdentifier, IReadOnlyList<SubscriptionRequest> Requests, uint Identifier)
{
    /// <summary>Reads one; returns what is wrong with it, or success.</summary>
    /// <param name="body">What follows the fixed header.</param>
    /// <param name="version5">Whether it has properties, and options beside the QoS.</param>
    /// <param name="packet">The packet.</param>
    public static ReasonCode Read(ReadOnlySpan<byte> body, bool version5, out SubscribePacket? packet)
    {
        packet = null;
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var packetIdentifier) || packetIdentifier == 0)
        {
            return ReasonCode.Malformed;
        }

        uint identifier = 0;
        if (version5)
        {
            if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out var encoded))
            {
                return ReasonCode.Malformed;
            }

            var properties = new Properties(encoded, PropertyPlace.Subscribe);
            while (properties.MoveNext())
            {
                identifier = properties.Identifier == Property.SubscriptionIdentifier ? properties.Number : identifier;
            }

            if (properties.Failure != ReasonCode.Success)
            {
                return properties.Failure;
            }
        }

        var requests = new List<SubscriptionRequest>();
        while (!reader.Rest.IsEmpty)
        {
            if (!reader.TryReadBlock(out var filter) || !reader.TryReadByte(out var options) || (options & 3) == 3 || (options & (version5 ? 0xC0 : 0xFC)) != 0)
            {
                return ReasonCode.Malformed;
            }

            var noLocal = (options & 0x04) != 0;
            var retainHandling = (options >> 4) & 3;
            if (retainHandling == 3 || (noLocal && filter.StartsWith("$share/"u8))) // MQTT 5, 3.8.3.1
            {
                return ReasonCode.ProtocolError;
            }

            requests.Add(new SubscriptionRequest(TextOf(filter), options & 3, noLocal, (options & 0x08) != 0, retainHandling));
        }

        packet = new SubscribePacket(packetIdentifier, requests, identifier);
        return requests.Count > 0 ? ReasonCode.Success : ReasonCode.ProtocolError;
    }

    /// <summary>A filter as text; null where it is not UTF-8.</summary>
    internal static string? TextOf(ReadOnlySpan<byte> filter) => Utf8.IsValid(filter) ? Encoding.UTF8.GetString(filter) : null;
}
