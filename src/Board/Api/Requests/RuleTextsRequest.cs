namespace IoTGateway.Board.Api.Requests;

/// <summary>Rule files as they would be.</summary>
/// <param name="Files">All files of the set; at most 100.</param>
/// <param name="Hours">For a backtest: how many of the last hours, 1 to 168; left out: 24.</param>
internal sealed record RuleTextsRequest(IReadOnlyList<RuleTextRequest>? Files, int? Hours);
