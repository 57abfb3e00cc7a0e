namespace IoTGateway.Broker.Packets;

/// <summary>A DISCONNECT of a client (MQTT 3.1.1, 3.14; MQTT 5, 3.14).</summary>
/// <param name="WithWill">Whether the will is to be published all the same.</param>
/// <param name="SessionExpirySeconds">How long the session is kept from now on; null where the client says nothing, which changes nothing.</param>
internal readonly record struct DisconnectPacket(bool WithWill, uint? SessionExpirySeconds)
{
    /// <summary>Reads one; returns what is wrong with it, or success.</summary>
    public static ReasonCode Read(ReadOnlySpan<byte> body, bool version5, out DisconnectPacket packet)
    {
        packet = default;
        if (!version5)
        {
            return body.IsEmpty ? ReasonCode.Success : ReasonCode.Malformed;
        }

        var reader = new PacketReader(body);
        if (!reader.TryReadByte(out var reason) || reader.Rest.IsEmpty)
        {
            packet = new DisconnectPacket(reason == (byte)ReasonCode.DisconnectWithWill, null);
            return ReasonCode.Success;
        }

        if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out var encoded) || !reader.Rest.IsEmpty)
        {
            return ReasonCode.Malformed;
        }

        uint? expiry = null;
        var properties = new Properties(encoded, PropertyPlace.Disconnect);
        while (properties.MoveNext())
        {
            expiry = properties.Identifier == Property.SessionExpiry ? properties.Number : expiry;
        }

        // Any reason but "normal" says that something went wrong, and the will is published (MQTT 5, 3.1.2.5).
        packet = new DisconnectPacket(reason != (byte)ReasonCode.Success, expiry);
        return properties.Failure;
    }
}
