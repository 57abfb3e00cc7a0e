namespace IoTGateway.Board.Api.Replies;

/// <summary>What other rules would do to one alert.</summary>
/// <param name="Effect">"changed", "beginsAnew", "raised", "ended" or "unknown".</param>
/// <param name="Alert">The alert's name.</param>
/// <param name="Priority">"high", "medium" or "low".</param>
/// <param name="Ward">Where.</param>
/// <param name="Bed">Where; empty for a device at no bed.</param>
/// <param name="Why">In words; empty for nothing.</param>
internal sealed record AlertEffectReply(string Effect, string Alert, string Priority, string Ward, string Bed, string Why);
