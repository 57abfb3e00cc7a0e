using System.Collections.Immutable;

namespace IoTGateway.Alerts.Care;

/// <summary>How people have decided that a patient is cared for, beside what the census says.</summary>
public sealed record PatientCare
{
    /// <summary>Nothing was decided.</summary>
    public static PatientCare Ordinary { get; } = new();

    /// <summary>The patient is away; null while not.</summary>
    public Standby? Standby { get; init; }

    /// <summary>A care pause; null while there is none.</summary>
    public CarePause? Pause { get; init; }

    /// <summary>The limits set at the bedside, each limit at most once, by name.</summary>
    public ImmutableArray<BedsideLimit> Limits { get; init; } = [];

    /// <summary>What keeps the patient's alerts from calling.</summary>
    public PatientHold Hold => Standby is not null ? PatientHold.Standby : Pause is not null ? PatientHold.Pause : PatientHold.None;
}
