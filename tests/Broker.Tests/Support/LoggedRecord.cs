using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>A record of the log, copied, with the fields of a publish where it is one.</summary>
internal sealed record LoggedRecord(RecordKind Kind, string? Topic, string Client, int QualityOfService, ushort PacketIdentifier, string Payload, string ContentType);
