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

    /// <summary>The name of a limit as people read it: "SpO2 very low" for <c>spo2_very_low</c>.</summary>
    public static string LimitWords(string limit)
    {
        var signal = limit;
        for (var cut = limit.Length; cut > 0; cut = signal.LastIndexOf('_'))
        {
            signal = limit[..cut];
            if (NameOf(signal) is { } name)
            {
                return name + limit[cut..].Replace('_', ' ');
            }
        }

        return limit.Replace('_', ' ');
    }

    private static string? NameOf(string signal) => signal switch
    {
        "sbp" => "Systolic",
        "dbp" => "Diastolic",
        "map" => "Mean pressure",
        "art_sbp" => "ART systolic",
        "art_dbp" => "ART diastolic",
        "art_map" => "ART mean",
        ShownSignals.Battery => "Battery",
        _ => ShownSignals.Labels.GetValueOrDefault(signal),
    };
}
