namespace IoTGateway.Board.Api.Replies;

/// <summary>What a consumer could not use.</summary>
/// <param name="Consumer">The consumer.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Sequence">The record's number in its topic.</param>
/// <param name="Received">When it was received, ISO 8601 in UTC.</param>
/// <param name="Reason">Why it could not be used; may quote the record.</param>
internal sealed record DeadLetterReply(string Consumer, string Topic, long Sequence, string Received, string Reason);
