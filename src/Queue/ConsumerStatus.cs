namespace IoTGateway.Queue;

/// <summary>How far a consumer has come.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">All before it is consumed.</param>
/// <param name="Depth">Records of the log behind its place, of all kinds; an upper bound of what it has still to see.</param>
/// <param name="OldestUnixMilliseconds">When the oldest of them was appended; null where it has consumed everything.</param>
/// <param name="IsPaused">Whether it was told to stand still.</param>
public sealed record ConsumerStatus(string Name, LogPosition Position, long Depth, long? OldestUnixMilliseconds, bool IsPaused);
