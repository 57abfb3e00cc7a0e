namespace IoTGateway.Control;

/// <summary>How a consumer is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paused">Whether it was told to stand still.</param>
/// <param name="Depth">Records of the log behind its place, of all kinds.</param>
/// <param name="OldestAgeSeconds">How old the oldest of them is; null if there is none.</param>
/// <param name="Trouble">What went wrong last, for a consumer that stores; null for nothing.</param>
internal sealed record ConsumerState(string Name, bool Paused, long Depth, double? OldestAgeSeconds, string? Trouble);
