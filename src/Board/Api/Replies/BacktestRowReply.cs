namespace IoTGateway.Board.Api.Replies;

/// <summary>One alert in a backtest.</summary>
/// <param name="Alert">The alert's name.</param>
/// <param name="Before">How often the rules in force raised it; absent where they do not have it.</param>
/// <param name="After">How often these would; absent where they do not have it.</param>
/// <param name="MedianSecondsBefore">How long half of them stood at most; absent where there was none.</param>
/// <param name="MedianSecondsAfter">The same by these rules.</param>
internal sealed record BacktestRowReply(string Alert, int? Before, int? After, double? MedianSecondsBefore, double? MedianSecondsAfter);
