namespace IoTGateway.Alerts.Orders;

/// <summary>Silences one alert for a time: it is shown, but calls nobody.</summary>
/// <param name="AlertId">The <see cref="AlertStatus.Id"/>.</param>
/// <param name="Episode">The episode the person saw; another one is refused as stale.</param>
/// <param name="For">For how long; at most <see cref="SilenceLimits.AtMost"/>.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SilenceAlert(string AlertId, string Episode, TimeSpan For, string Reason) : Order;
