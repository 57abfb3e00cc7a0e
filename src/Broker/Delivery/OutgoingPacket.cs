namespace IoTGateway.Broker.Delivery;

/// <summary>The next packet for a subscriber.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="PacketIdentifier">Of a PUBLISH with QoS 1 or 2, or of a PUBREL.</param>
/// <param name="Duplicate">Whether the message was sent before, over an earlier connection.</param>
/// <param name="Message">The message of a PUBLISH.</param>
/// <param name="Answer">An encoded answer.</param>
internal readonly record struct OutgoingPacket(OutgoingKind Kind, ushort PacketIdentifier, bool Duplicate, OutgoingMessage Message, byte[]? Answer);
