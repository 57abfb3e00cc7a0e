namespace IoTGateway.Alerts.Census;

/// <summary>A patient goes to another bed, with alerts, acknowledgements and limits.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Ward">The ward of the new bed.</param>
/// <param name="Bed">The new bed, which must be empty.</param>
public sealed record TransferPatient(string Patient, string Ward, string Bed) : CensusOrder;
