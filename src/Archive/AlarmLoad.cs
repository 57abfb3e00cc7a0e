namespace IoTGateway.Archive;

/// <summary>How many alerts there were and how they were answered, in a ward (or all) between two times.</summary>
/// <param name="BedDays">Over how many bed-days: beds with a patient, each for as long as there was one.</param>
/// <param name="Episodes">How many episodes called.</param>
/// <param name="PerBedDay">Episodes a bed and day; 0 without bed-days.</param>
/// <param name="MedianToAcknowledge">Half of those that were acknowledged were so within this time; null where none was.</param>
/// <param name="ShorterThan30Seconds">The share of the ended physiological episodes that were shorter than 30 s; 0 to 1.</param>
/// <param name="ByRule">By rule, the most frequent first.</param>
/// <param name="ByBed">By bed, the most frequent first.</param>
/// <param name="ByHour">By hour of the site's day, 24 numbers.</param>
public sealed record AlarmLoad(
    double BedDays,
    int Episodes,
    double PerBedDay,
    TimeSpan? MedianToAcknowledge,
    double ShorterThan30Seconds,
    IReadOnlyList<AlarmLoadRow> ByRule,
    IReadOnlyList<AlarmLoadRow> ByBed,
    IReadOnlyList<int> ByHour);
