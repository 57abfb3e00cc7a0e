using System.Collections.Immutable;

namespace IoTGateway.Alerts.Census;

/// <summary>A patient comes to an empty bed.</summary>
/// <param name="Ward">The ward.</param>
/// <param name="Bed">The bed.</param>
/// <param name="Patient">The patient's opaque id.</param>
/// <param name="Tags">Marks a clinician has set.</param>
/// <param name="Population">Whom the patient counts among; empty where nobody has said.</param>
public sealed record AdmitPatient(string Ward, string Bed, string Patient, ImmutableArray<string> Tags, string Population) : CensusOrder;
