using IoTGateway.Alerts;

namespace IoTGateway.Board.Api;

/// <summary>Finds the alert that an address names.</summary>
internal static class AlertNames
{
    /// <summary>The alert's id. A slash in a name arrives escaped; but a name may also really contain "%2F", and then it is known as it came.</summary>
    public static string Known(IWardView ward, string routeValue) => Find(ward, routeValue) is null ? RequestText.Unescape(routeValue) : routeValue;

    /// <summary>The alert with this id; null if none stands.</summary>
    public static AlertStatus? Find(IWardView ward, string id) => ward.Snapshot().Tiles.SelectMany(tile => tile.Alerts).FirstOrDefault(alert => alert.Id == id);
}
