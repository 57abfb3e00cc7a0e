namespace IoTGateway.Board.Api.Replies;

/// <summary>How far the escalation of an alert has come.</summary>
/// <param name="NextRole">Whom is told next; absent where nobody is.</param>
/// <param name="NextAt">When, ISO 8601 in UTC.</param>
/// <param name="Waits">Whether the next step waits for the end of a silence or a pause.</param>
/// <param name="NobodyReached">Whether all stages have gone by and nobody has acknowledged.</param>
/// <param name="Pages">Who was told so far, oldest first.</param>
internal sealed record EscalationReply(string? NextRole, string? NextAt, bool Waits, bool NobodyReached, IReadOnlyList<PageReply> Pages);
