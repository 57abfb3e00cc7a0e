namespace IoTGateway.Board.Api.Replies;

/// <summary>One bed of a hand-over.</summary>
/// <param name="Patient">The patient as now.</param>
/// <param name="Due">Observations that are due or soon will be.</param>
/// <param name="Alerts">The alerts that were raised, the most frequent first.</param>
/// <param name="Entries">What happened, oldest first.</param>
internal sealed record HandOverBedReply(
    PatientReply Patient,
    IReadOnlyList<DueReply> Due,
    IReadOnlyList<HandOverAlertReply> Alerts,
    IReadOnlyList<TimelineEntryReply> Entries);
