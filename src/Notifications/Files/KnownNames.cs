using IoTGateway.Alerts.Processing;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Files;

/// <summary>What stands in other files, so that names can be held against it.</summary>
/// <param name="Rules">The rules whose alerts are routed; null while none are known: then any name of an alert passes.</param>
/// <param name="CensusWards">The wards of the census.</param>
public sealed record KnownNames(IReadOnlyCollection<AlertRule>? Rules, IReadOnlyCollection<string> CensusWards)
{
    /// <summary>Nothing is known.</summary>
    public static readonly KnownNames Nothing = new(null, []);

    /// <summary>The ward of the gateway's own alerts.</summary>
    public static string GatewayWard => BuiltInAlerts.Gateway;
}
