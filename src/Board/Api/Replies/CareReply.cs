namespace IoTGateway.Board.Api.Replies;

/// <summary>How people have decided that a patient is cared for.</summary>
/// <param name="Hold">"none", "pause" or "standby".</param>
/// <param name="Pause">The care pause; absent while there is none.</param>
/// <param name="Standby">The standby; absent while there is none.</param>
/// <param name="Limits">The limits set at the bedside.</param>
internal sealed record CareReply(string Hold, CarePauseReply? Pause, StandbyReply? Standby, IReadOnlyList<BedsideLimitReply> Limits);
