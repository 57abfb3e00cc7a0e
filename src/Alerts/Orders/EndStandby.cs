namespace IoTGateway.Alerts.Orders;

/// <summary>The patient is back.</summary>
/// <param name="Patient">The patient.</param>
public sealed record EndStandby(string Patient) : Order;
