namespace IoTGateway.Board.Api.Replies;

/// <summary>What rule files would change.</summary>
/// <param name="NeedsApproval">Whether they would wait for a person.</param>
/// <param name="ApprovalReasons">Why.</param>
/// <param name="Rules">What is different, rule by rule.</param>
/// <param name="Alerts">What becomes of the alerts that stand, but for those that stay as they are.</param>
/// <param name="Kept">How many stay as they are.</param>
/// <param name="Limits">The limits set at the bedside that would end.</param>
internal sealed record RulePlanReply(
    bool NeedsApproval,
    IReadOnlyList<string> ApprovalReasons,
    IReadOnlyList<RuleDifferenceReply> Rules,
    IReadOnlyList<AlertEffectReply> Alerts,
    int Kept,
    IReadOnlyList<LimitEffectReply> Limits);
