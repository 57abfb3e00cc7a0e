namespace IoTGateway.Queue.Checkpoints;

/// <summary>State at a place of the log.</summary>
/// <param name="Position">The state includes everything before this place.</param>
/// <param name="State">What was saved.</param>
public sealed record Checkpoint(LogPosition Position, ReadOnlyMemory<byte> State);
