namespace IoTGateway.Alerts.Orders;

/// <summary>Ends a care pause before its time.</summary>
/// <param name="Patient">The patient.</param>
public sealed record ResumePatient(string Patient) : Order;
