using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>Alerts of the gateway itself, which stand in no rule file.</summary>
internal static class BuiltInAlerts
{
    /// <summary>The ward and patient under which the gateway tells of itself.</summary>
    public const string Gateway = "gateway";

    /// <summary>The engine failed on a patient's readings, so nobody watches this patient.</summary>
    public static readonly AlertRule RulesStopped = new()
    {
        Index = -1,
        Name = "Rules stopped for this patient",
        Slug = "rules-stopped-for-this-patient",
        Priority = AlertPriority.High,
        Kind = AlertKind.Technical,
    };

    /// <summary>Between two times the gateway took no readings.</summary>
    public static readonly AlertRule Outage = new()
    {
        Index = -1,
        Name = "Gateway was down",
        Slug = "gateway-was-down",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
    };
}
