namespace IoTGateway.Board.Feed;

/// <summary>One tile as it is sent.</summary>
/// <param name="Key">Which tile.</param>
/// <param name="Json">Its JSON in UTF-8; written once for all pages.</param>
/// <param name="ChangedIn">The frame in which it last changed.</param>
internal sealed record FrameTile(string Key, ReadOnlyMemory<byte> Json, long ChangedIn);
