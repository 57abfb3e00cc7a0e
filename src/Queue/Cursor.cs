namespace IoTGateway.Queue;

/// <summary>How far a consumer has come, and what it wants to see.</summary>
internal readonly record struct Cursor(LogPosition Position, RecordKinds Kinds);
