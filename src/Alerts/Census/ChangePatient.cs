using System.Collections.Immutable;

namespace IoTGateway.Alerts.Census;

/// <summary>What is known of a patient changes. What is null stays as it is: who changes one thing must not take away another.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Monitored">Ids of the signals that are expected; empty expects nothing.</param>
/// <param name="Tags">Marks a clinician has set.</param>
/// <param name="Population">Whom the patient counts among; empty where nobody knows.</param>
public sealed record ChangePatient(string Patient, ImmutableArray<string>? Monitored, ImmutableArray<string>? Tags, string? Population) : CensusOrder;
