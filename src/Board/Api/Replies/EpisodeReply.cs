namespace IoTGateway.Board.Api.Replies;

/// <summary>One raise of an alert, from its beginning to its end.</summary>
/// <param name="Number">Its place among all episodes.</param>
/// <param name="Raised">When it was raised, ISO 8601 in UTC.</param>
/// <param name="Ended">When it ended, ISO 8601 in UTC; absent while it stands.</param>
/// <param name="Highest">The highest priority it had.</param>
/// <param name="FirstAcknowledged">When somebody first acknowledged it, ISO 8601 in UTC; absent: nobody.</param>
/// <param name="Value">The value that raised it, with its unit.</param>
/// <param name="Limit">The limit then, with its unit.</param>
/// <param name="Last">The alert as it is now, or was at its end.</param>
internal sealed record EpisodeReply(long Number, string Raised, string? Ended, string Highest, string? FirstAcknowledged, string Value, string Limit, AlertReply Last);
