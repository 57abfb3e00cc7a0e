using IoTGateway.Rules;

namespace IoTGateway.Archive;

/// <summary>The alerts of one rule, or of one bed.</summary>
/// <param name="Name">The alert's name, or ward and bed.</param>
/// <param name="Highest">The highest priority among them.</param>
/// <param name="Episodes">How many.</param>
/// <param name="Share">Of all, 0 to 1.</param>
/// <param name="Acknowledged">How many of them were acknowledged.</param>
/// <param name="MedianToAcknowledge">Within which time half of these were; null where none was.</param>
/// <param name="MedianLength">How long half of the ended ones lasted at most; null where none has ended.</param>
/// <param name="ShorterThan30Seconds">The share of the ended ones that were shorter than 30 s; 0 to 1.</param>
public sealed record AlarmLoadRow(
    string Name, AlertPriority Highest, int Episodes, double Share, int Acknowledged, TimeSpan? MedianToAcknowledge, TimeSpan? MedianLength, double ShorterThan30Seconds);
