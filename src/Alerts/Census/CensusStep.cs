using IoTGateway.Readings;

namespace IoTGateway.Alerts.Census;

/// <summary>A change of who is where, as it stands in the log.</summary>
/// <param name="Id">The log address of its record.</param>
/// <param name="At">When it was recorded.</param>
/// <param name="From">From when on it holds.</param>
/// <param name="By">Who did it; empty for the census file.</param>
/// <param name="Words">What was done, for example "p1 moved from ICU-1 to ICU-2".</param>
/// <param name="Reason">Why, in words; empty for nothing.</param>
/// <param name="MayBeUndone">Whether it can be undone: nothing later has touched the same beds.</param>
public sealed record CensusStep(long Id, Instant At, Instant From, string By, string Words, string Reason, bool MayBeUndone);
