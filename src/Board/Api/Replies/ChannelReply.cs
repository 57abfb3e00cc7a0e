namespace IoTGateway.Board.Api.Replies;

/// <summary>How a way to tell people is doing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"webhook", "email" or "mqtt".</param>
/// <param name="Waiting">How many messages wait.</param>
/// <param name="AwaySince">Since when it takes nothing, ISO 8601 in UTC; absent while it works.</param>
/// <param name="Reason">Why it takes nothing; absent while it works.</param>
/// <param name="LastSent">When it last took a message, ISO 8601 in UTC; absent: not since the start.</param>
internal sealed record ChannelReply(string Name, string Kind, long Waiting, string? AwaySince, string? Reason, string? LastSent);
