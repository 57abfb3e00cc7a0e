using IoTGateway.Broker.Packets;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Connections;

/// <summary>An acknowledgement that is sent when what it promises is durable.</summary>
/// <param name="Kind">Which one.</param>
/// <param name="Reason">Success, or why not (MQTT 5 only).</param>
/// <param name="PacketIdentifier">Of which message.</param>
/// <param name="Commit">Until when it has to wait; null for not at all.</param>
internal readonly record struct PendingAck(AckKind Kind, ReasonCode Reason, ushort PacketIdentifier, Commit? Commit);
