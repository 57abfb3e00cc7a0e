using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Readings.Census;

namespace IoTGateway.Board.View;

/// <summary>
/// Whether anybody would be warned. The ward view says so for each tile; the board asks once more on its own, since a tile that looks well
/// while nobody watches is the worst it can show.
/// </summary>
internal static class Monitoring
{
    /// <summary>Rules that are further behind than this warn too late (promise: more than 5 s is not monitored).</summary>
    public static readonly TimeSpan BehindMost = TimeSpan.FromSeconds(5);

    /// <summary>Whether nobody lies there.</summary>
    public static bool IsEmpty(TileView tile) => tile.Patient is null && !IsUnassigned(tile);

    /// <summary>Whether it is a device that stands at no bed.</summary>
    public static bool IsUnassigned(TileView tile) => tile.Bed.Length == 0 || tile.Ward == Assignment.UnassignedWard;

    /// <summary>Why nobody would be warned, in words; null while the patient is monitored or the bed is empty.</summary>
    public static string? Reason(WardSnapshot snapshot, TileView tile)
    {
        if (IsEmpty(tile))
        {
            return null;
        }

        return tile.NotMonitored ?? Troubles(snapshot).FirstOrDefault();
    }

    /// <summary>What is wrong with the gateway as a whole, in words; empty if nothing is.</summary>
    public static IEnumerable<string> Troubles(WardSnapshot snapshot)
    {
        if (snapshot.RuleSet.Length == 0)
        {
            yield return "There are no valid rules.";
        }

        if (!snapshot.AlertsComplete)
        {
            yield return "The gateway is starting: the alerts are not complete yet.";
        }

        if (snapshot.RulesBehind > BehindMost)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"The rules are {Math.Floor(snapshot.RulesBehind.TotalSeconds):F0} s behind.");
        }
    }
}
