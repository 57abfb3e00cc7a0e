namespace IoTGateway.Board.Api.Replies;

/// <summary>What is different about one rule.</summary>
/// <param name="Subject">The rule, limit, signal or file.</param>
/// <param name="Removed">Whether nobody is warned by it any more.</param>
/// <param name="Words">What is different.</param>
internal sealed record RuleDifferenceReply(string Subject, bool Removed, string Words);
