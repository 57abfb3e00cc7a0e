namespace IoTGateway.Alerts.Census;

/// <summary>A patient leaves; what stands ends.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Reason">Why, in words; must not be empty while an alert stands.</param>
public sealed record DischargePatient(string Patient, string Reason) : CensusOrder;
