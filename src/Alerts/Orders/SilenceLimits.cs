using IoTGateway.Rules;

namespace IoTGateway.Alerts.Orders;

/// <summary>How long an alert may be silenced at once.</summary>
public static class SilenceLimits
{
    /// <summary>High: 2 min. Technical, but for high: 4 h. All others: 15 min.</summary>
    public static TimeSpan AtMost(AlertPriority priority, AlertKind kind) => (priority, kind) switch
    {
        (AlertPriority.High, _) => TimeSpan.FromMinutes(2),
        (_, AlertKind.Technical) => TimeSpan.FromHours(4),
        _ => TimeSpan.FromMinutes(15),
    };
}
