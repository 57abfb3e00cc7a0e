namespace IoTGateway.Board.Api.Replies;

/// <summary>A silence of an alert.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="At">When, ISO 8601 in UTC.</param>
/// <param name="Until">When it calls again, ISO 8601 in UTC.</param>
internal sealed record SilenceReply(string By, string Reason, string At, string Until);
