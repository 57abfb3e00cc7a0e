using System.Globalization;
using IoTGateway.Alerts.Care;
using IoTGateway.Readings;

namespace IoTGateway.Board.View;

/// <summary>Puts what people have decided for a patient into the words of the ward.</summary>
internal static class CarePainter
{
    /// <summary>What the tile shows of it; null where nothing was decided.</summary>
    public static CareView? Paint(PatientCare care, SiteClock clock, Instant now) => care.Hold == PatientHold.None && care.Limits.IsEmpty ? null : new CareView
    {
        PauseBy = care.Pause?.By,
        PauseUntil = care.Pause?.Until.UnixMilliseconds,
        Standby = care.Standby is { } standby ? $"{standby.Reason} ({standby.By})" : null,
        StandbyUntil = care.Standby?.Until.UnixMilliseconds,
        Limits = [.. care.Limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"{LimitWords(limit.Limit)} {limit.Value} until {clock.Short(limit.Until, now)}"))],
    };

    /// <summary>The name of a limit as people read it: "SpO2 low" for <c>spo2_low</c>.</summary>
    public static string LimitWords(string limit)
    {
        var cut = limit.LastIndexOf('_');
        var (signal, side) = cut > 0 ? (limit[..cut], limit[(cut + 1)..]) : (limit, "");
        var name = ShownSignals.Labels.GetValueOrDefault(signal) ?? signal.Replace('_', ' ');
        return side.Length > 0 ? $"{name} {side}" : name;
    }
}
