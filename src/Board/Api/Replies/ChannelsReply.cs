namespace IoTGateway.Board.Api.Replies;

/// <summary>Who is told, over what, and what is wrong with it.</summary>
/// <param name="Configured">Whether this gateway tells people at all.</param>
/// <param name="Troubles">What is wrong with the roster and the notification rules, in sentences.</param>
/// <param name="Channels">The channels.</param>
internal sealed record ChannelsReply(bool Configured, IReadOnlyList<string> Troubles, IReadOnlyList<ChannelReply> Channels);
