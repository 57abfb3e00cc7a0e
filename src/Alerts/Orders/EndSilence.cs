namespace IoTGateway.Alerts.Orders;

/// <summary>Ends the silence of an alert before its time.</summary>
/// <param name="AlertId">The <see cref="AlertStatus.Id"/>.</param>
/// <param name="Episode">The episode the person saw.</param>
public sealed record EndSilence(string AlertId, string Episode) : Order;
