namespace IoTGateway.Board.Api.Replies;

/// <summary>How a consumer is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Paused">Whether it was told to stand still.</param>
/// <param name="Depth">Records behind its place, of all kinds.</param>
/// <param name="OldestAgeSeconds">How old the oldest of them is; absent if there is none.</param>
/// <param name="Parked">How many records failed and are tried again.</param>
/// <param name="Trouble">What went wrong last; absent for nothing.</param>
/// <param name="Stores">Whether it stores, and can be replayed to.</param>
internal sealed record ConsumerReply(string Name, bool Paused, long Depth, double? OldestAgeSeconds, long Parked, string? Trouble, bool Stores);
