namespace IoTGateway.Board.Api.Replies;

/// <summary>One thing that happened.</summary>
/// <param name="Time">When, ISO 8601 in UTC.</param>
/// <param name="Kind">"alert", "acknowledgement", "silence", "pause", "standby", "limit", "observation", "census", "page" or "rules".</param>
/// <param name="Ward">Where; empty where it concerns no ward.</param>
/// <param name="Bed">Where; empty for none.</param>
/// <param name="Patient">Whom it concerns; empty for nobody.</param>
/// <param name="By">Who did it; empty for the gateway.</param>
/// <param name="Words">What happened, a sentence.</param>
/// <param name="Priority">"high", "medium" or "low" where it is about an alert; else empty.</param>
/// <param name="Episode">The episode where it is about an alert; else empty.</param>
internal sealed record TimelineEntryReply(string Time, string Kind, string Ward, string Bed, string Patient, string By, string Words, string Priority, string Episode);
