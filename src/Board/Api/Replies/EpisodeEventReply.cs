namespace IoTGateway.Board.Api.Replies;

/// <summary>One thing that happened to an alert.</summary>
/// <param name="Time">When, ISO 8601 in UTC.</param>
/// <param name="Change">What happened, in one word.</param>
/// <param name="By">Who caused it; empty for the rules and the gateway.</param>
/// <param name="Alert">The alert after it.</param>
internal sealed record EpisodeEventReply(string Time, string Change, string By, AlertReply Alert);
