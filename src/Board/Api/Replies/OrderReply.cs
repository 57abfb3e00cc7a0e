namespace IoTGateway.Board.Api.Replies;

/// <summary>What a person wanted was done.</summary>
/// <param name="Result">"done".</param>
/// <param name="Sentence">What was done, for a person.</param>
internal sealed record OrderReply(string Result, string Sentence);
