namespace IoTGateway.Benchmarks.Servers;

/// <summary>How far a consumer is.</summary>
/// <param name="Position">Everything before this address is consumed.</param>
/// <param name="Depth">How many records stand behind it.</param>
/// <param name="OldestAgeSeconds">How old the oldest of them is; 0 if there is none.</param>
internal readonly record struct ConsumerPlace(long Position, long Depth, double OldestAgeSeconds);
