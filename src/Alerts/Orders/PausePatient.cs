namespace IoTGateway.Alerts.Orders;

/// <summary>
/// A care pause: while somebody turns or washes the patient, the alerts of this patient call nobody. It ends by itself, and is broken by an alert whose
/// rule says <c>breaks pause: true</c>.
/// </summary>
/// <param name="Patient">The patient.</param>
/// <param name="For">2, 5 or 10 min.</param>
public sealed record PausePatient(string Patient, TimeSpan For) : Order;
