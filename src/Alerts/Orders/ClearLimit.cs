namespace IoTGateway.Alerts.Orders;

/// <summary>Takes back a limit that was set at the bedside.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Limit">The limit's name.</param>
public sealed record ClearLimit(string Patient, string Limit) : Order;
