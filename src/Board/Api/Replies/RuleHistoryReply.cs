namespace IoTGateway.Board.Api.Replies;

/// <summary>The steps of the rule sets.</summary>
/// <param name="Steps">Newest first.</param>
internal sealed record RuleHistoryReply(IReadOnlyList<RuleStepReply> Steps);
