using IoTGateway.Alerts;

namespace IoTGateway.Board.Api;

/// <summary>Finds the alert that an address names.</summary>
internal static class AlertNames
{
    /// <summary>The alert with this id; null if none stands.</summary>
    public static AlertStatus? Find(IWardView ward, string id) => ward.Snapshot().Tiles.SelectMany(tile => tile.Alerts).FirstOrDefault(alert => alert.Id == id);
}
