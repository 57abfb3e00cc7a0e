namespace IoTGateway.Board.Api.Replies;

/// <summary>The patient is away.</summary>
/// <param name="By">Who said so.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Since when, ISO 8601 in UTC.</param>
/// <param name="Until">When the patient counts as there again, ISO 8601 in UTC.</param>
internal sealed record StandbyReply(string By, string Reason, string Since, string Until);
