namespace IoTGateway.Hosting;

/// <summary>How far one consumer is.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Position">Everything before this address is consumed.</param>
/// <param name="Depth">How many records of the log stand behind it.</param>
/// <param name="OldestAgeSeconds">How old the oldest of them is; null if there is none.</param>
/// <param name="Trouble">What went wrong last, for a consumer that stores; null for nothing.</param>
/// <param name="Paused">Whether it was told to stand still.</param>
internal sealed record ConsumerView(string Name, long Position, long Depth, double? OldestAgeSeconds, string? Trouble, bool Paused);
