namespace IoTGateway.Board.Api.Replies;

/// <summary>How often one alert of a patient was raised.</summary>
/// <param name="Alert">The alert's name.</param>
/// <param name="Highest">The highest priority it had.</param>
/// <param name="Technical">Whether it tells of what measures the patient.</param>
/// <param name="Episodes">How often.</param>
/// <param name="Acknowledged">How many of these were acknowledged.</param>
/// <param name="Last">When it was last raised, ISO 8601 in UTC.</param>
internal sealed record HandOverAlertReply(string Alert, string Highest, bool Technical, int Episodes, int Acknowledged, string Last);
