namespace IoTGateway.Broker.Packets;

/// <summary>PUBACK, PUBREC, PUBREL or PUBCOMP of a client (MQTT 3.1.1, 3.4 to 3.7; MQTT 5, 3.4 to 3.7).</summary>
/// <remarks><code>
/// offset size
///      0    2  packet identifier, big-endian
///      2    1  reason code                 MQTT 5 only; left out: success
///      3    1+ length of the properties    MQTT 5 only; left out: none
///           .  properties
/// </code></remarks>
/// <param name="PacketIdentifier">Of which message.</param>
/// <param name="IsFailure">Whether the client refuses it.</param>
internal readonly record struct AcknowledgementPacket(ushort PacketIdentifier, bool IsFailure)
{
    private const byte FirstFailure = 0x80;

    /// <summary>Reads one; returns what is wrong with it, or success.</summary>
    public static ReasonCode Read(ReadOnlySpan<byte> body, bool version5, out AcknowledgementPacket packet)
    {
        packet = default;
        var reader = new PacketReader(body);
        if (!reader.TryReadUInt16(out var identifier) || identifier == 0)
        {
            return ReasonCode.Malformed;
        }

        byte reason = 0;
        if (version5 && reader.TryReadByte(out reason) && !reader.Rest.IsEmpty)
        {
            if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out var properties))
            {
                return ReasonCode.Malformed;
            }

            var failure = Properties.Check(properties, PropertyPlace.Acknowledgement);
            if (failure != ReasonCode.Success)
            {
                return failure;
            }
        }

        packet = new AcknowledgementPacket(identifier, reason >= FirstFailure);
        return reader.Rest.IsEmpty ? ReasonCode.Success : ReasonCode.Malformed;
    }
}
