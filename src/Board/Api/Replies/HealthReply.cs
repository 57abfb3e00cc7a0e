namespace IoTGateway.Board.Api.Replies;

/// <summary>Whether people can rely on what they see.</summary>
/// <param name="Ready">Whether they can.</param>
/// <param name="Reasons">Why they cannot, in sentences; empty if they can.</param>
internal sealed record HealthReply(bool Ready, IReadOnlyList<string> Reasons);
