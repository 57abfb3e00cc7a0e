namespace IoTGateway.Board.Api.Replies;

/// <summary>How many alerts there were and how they were answered.</summary>
/// <param name="From">The first instant, ISO 8601 in UTC.</param>
/// <param name="To">The instant behind the last, ISO 8601 in UTC.</param>
/// <param name="Ward">The ward; absent: all.</param>
/// <param name="BedDays">Over how many bed-days.</param>
/// <param name="Episodes">How many episodes called.</param>
/// <param name="PerBedDay">Episodes a bed and day.</param>
/// <param name="MedianSecondsToAcknowledge">Half of those acknowledged were so within this time; absent where none was.</param>
/// <param name="ShorterThan30Seconds">The share of the ended physiological episodes shorter than 30 s, 0 to 1.</param>
/// <param name="ByRule">The most frequent first.</param>
/// <param name="ByBed">The most frequent first.</param>
/// <param name="ByHour">By hour of the site's day, 24 numbers.</param>
internal sealed record LoadReply(
    string From,
    string To,
    string? Ward,
    double BedDays,
    int Episodes,
    double PerBedDay,
    double? MedianSecondsToAcknowledge,
    double ShorterThan30Seconds,
    IReadOnlyList<LoadRowReply> ByRule,
    IReadOnlyList<LoadRowReply> ByBed,
    IReadOnlyList<int> ByHour);
