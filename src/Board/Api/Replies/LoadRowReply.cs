namespace IoTGateway.Board.Api.Replies;

/// <summary>The alerts of one rule, or of one bed.</summary>
/// <param name="Name">The alert's name, or ward and bed.</param>
/// <param name="Highest">The highest priority among them.</param>
/// <param name="Episodes">How many.</param>
/// <param name="Share">Of all, 0 to 1.</param>
/// <param name="Acknowledged">How many were acknowledged.</param>
/// <param name="MedianSecondsToAcknowledge">Half of these within this time; absent where none was.</param>
/// <param name="MedianSecondsLong">Half of the ended ones lasted at most this long; absent where none has ended.</param>
/// <param name="ShorterThan30Seconds">The share of the ended ones that were shorter than 30 s, 0 to 1.</param>
internal sealed record LoadRowReply(
    string Name,
    string Highest,
    int Episodes,
    double Share,
    int Acknowledged,
    double? MedianSecondsToAcknowledge,
    double? MedianSecondsLong,
    double ShorterThan30Seconds);
