namespace IoTGateway.Board.Ports;

/// <summary>How a consumer of the durable queues is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paused">Whether it was told to stand still.</param>
/// <param name="Depth">Records behind its place, of all kinds.</param>
/// <param name="OldestAge">How old the oldest of them is; null if there is none.</param>
/// <param name="Parked">How many records failed and are tried again.</param>
/// <param name="Trouble">What went wrong last, for a consumer that stores; null for nothing.</param>
/// <param name="Stores">Whether it stores, so that it can be given records once more.</param>
public sealed record ConsumerFigures(string Name, bool Paused, long Depth, TimeSpan? OldestAge, long Parked, string? Trouble, bool Stores);
