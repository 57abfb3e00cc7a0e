using IoTGateway.Readings;

namespace IoTGateway.Board.Ports;

/// <summary>What a consumer could not use.</summary>
/// <param name="Consumer">The consumer.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Sequence">The record's number in its topic.</param>
/// <param name="Received">When it was received.</param>
/// <param name="Reason">Why it could not be used; may quote the record.</param>
public sealed record DeadLetter(string Consumer, string Topic, long Sequence, Instant Received, string Reason);
