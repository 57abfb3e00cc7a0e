namespace IoTGateway.Board.Api.Replies;

/// <summary>One message to one person.</summary>
/// <param name="Stage">Of which stage: 0 the raise, 1 the first stage of the rule.</param>
/// <param name="Role">The role that was to be told; empty for none.</param>
/// <param name="Person">Who, as the roster names them.</param>
/// <param name="Channel">The channel's name.</param>
/// <param name="State">"queued", "sending", "sent", "delivered", "failed", "dropped" or "givenUp".</param>
/// <param name="At">Since when, ISO 8601 in UTC.</param>
/// <param name="Reason">Why it failed or was not sent; absent otherwise.</param>
internal sealed record PageReply(int Stage, string Role, string Person, string Channel, string State, string At, string? Reason);
