namespace IoTGateway.Board.Api.Replies;

/// <summary>An observation was recorded, corrected or taken back.</summary>
/// <param name="Result">"done".</param>
/// <param name="Sentence">For a person.</param>
/// <param name="Observation">As it stands now; absent where there is none.</param>
internal sealed record ObservationAnswerReply(string Result, string Sentence, ObservationReply? Observation);
