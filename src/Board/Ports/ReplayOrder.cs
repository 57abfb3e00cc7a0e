using IoTGateway.Readings;

namespace IoTGateway.Board.Ports;

/// <summary>What a consumer that stores is to be given once more.</summary>
/// <param name="Consumer">The consumer.</param>
/// <param name="DeadLetters">Its dead letters, and what is parked at once.</param>
/// <param name="Topic">Only this topic; null: all.</param>
/// <param name="From">Received at or after this time; null: from the oldest.</param>
/// <param name="To">Received before this time; null: to the newest.</param>
public sealed record ReplayOrder(string Consumer, bool DeadLetters, string? Topic, Instant? From, Instant? To);
