namespace IoTGateway.Board.Api.Replies;

/// <summary>How far the escalation of an alert has come.</summary>
/// <param name="NextRole">Whom is told next; absent where nobody is.</param>
/// <param name="NextAt">When, ISO 8601 in UTC; absent where that is the end of the patient's pause or standby.</param>
/// <param name="WaitsFor">What has to be over before: silence, pause, standby; absent where it is only a matter of time.</param>
/// <param name="NobodyReached">Whether all stages have gone by and nobody has acknowledged.</param>
/// <param name="Pages">Who was told so far, oldest first.</param>
internal sealed record EscalationReply(string? NextRole, string? NextAt, string? WaitsFor, bool NobodyReached, IReadOnlyList<PageReply> Pages);
