namespace IoTGateway.Broker.Packets;

/// <summary>An UNSUBSCRIBE (MQTT 3.1.1, 3.10; MQTT 5, 3.10).</summary>
/// <param name="PacketIdentifier">By which the answer is known.</param>
/// <param name="Filters">The filters, at least one, in their order; null where one is not UTF-8.</param>
internal sealed record UnsubscribePacket(ushort PacketIdentifier, IReadOnlyList<string?> Filters)
{
    /// <summary>Reads one; returns what is wrong with it, or success.</summary>
    public static ReasonCode Read(ReadOnlySpan<byte> body, bool version5, out UnsubscribePacket? packet)
    {
        packet = null;
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var packetIdentifier) || packetIdentifier == 0)
        {
            return ReasonCode.Malformed;
        }

        if (version5)
        {
            if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out var properties))
            {
                return ReasonCode.Malformed;
            }

            var failure = Properties.Check(properties, PropertyPlace.Unsubscribe);
            if (failure != ReasonCode.Success)
            {
                return failure;
            }
        }

        var filters = new List<string?>();
        while (!reader.Rest.IsEmpty)
        {
            if (!reader.TryReadBlock(out var filter))
            {
                return ReasonCode.Malformed;
            }

            filters.Add(SubscribePacket.TextOf(filter));
        }

        packet = new UnsubscribePacket(packetIdentifier, filters);
        return filters.Count > 0 ? ReasonCode.Success : ReasonCode.ProtocolError;
    }
}
