namespace IoTGateway.Alerts.Orders;

/// <summary>What came late ("while offline: lowest SpO2 82 %") was seen, and need not be shown any longer.</summary>
/// <param name="Patient">The patient.</param>
public sealed record NoteSeen(string Patient) : Order;
