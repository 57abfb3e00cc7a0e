namespace IoTGateway.Board.Api.Replies;

/// <summary>Whether people can rely on what they see.</summary>
/// <param name="Ready">Whether they can.</param>
/// <param name="Reasons">Why they cannot, in sentences; empty if they can.</param>
/// <param name="Degraded">What somebody has to see to although they can, in sentences: rule files that are not in force.</param>
internal sealed record HealthReply(bool Ready, IReadOnlyList<string> Reasons, IReadOnlyList<string> Degraded);
