using IoTGateway.Notifications;
using Microsoft.Extensions.DependencyInjection;

namespace IoTGateway.Board.Api;

/// <summary>The escalations that stand, by episode.</summary>
internal static class Escalations
{
    private static readonly Dictionary<string, EscalationStatus> None = [];

    /// <summary>Those of the gateway; empty where it tells nobody.</summary>
    public static IReadOnlyDictionary<string, EscalationStatus> Of(IServiceProvider services) => Of(services.GetService<IEscalations>());

    /// <summary>Those of the gateway; empty where it tells nobody.</summary>
    public static IReadOnlyDictionary<string, EscalationStatus> Of(IEscalations? escalations)
    {
        if (escalations is null)
        {
            return None;
        }

        var standing = new Dictionary<string, EscalationStatus>(StringComparer.Ordinal);
        foreach (var status in escalations.Standing())
        {
            standing[status.Episode] = status;
        }

        return standing;
    }
}
