using IoTGateway.Alerts.Care;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>One bed, or one device that stands at no bed.</summary>
/// <param name="Ward">The ward.</param>
/// <param name="Bed">The bed; empty for an unassigned device.</param>
/// <param name="Patient">The patient; null for an empty bed.</param>
/// <param name="Values">The newest values the rules have seen.</param>
/// <param name="Alerts">The alerts that are pending, active, clearing or latched, most urgent first.</param>
/// <param name="NotMonitored">Why nobody would be warned, in words; null while the patient is monitored.</param>
/// <param name="Devices">The devices and whether each is online.</param>
/// <param name="Late">What was found in readings that came late and nobody has seen yet, for example "while offline: lowest SpO2 82 %"; null for nothing.</param>
public sealed record TileView(
    string Ward,
    string Bed,
    string? Patient,
    IReadOnlyList<LatestValue> Values,
    IReadOnlyList<AlertStatus> Alerts,
    string? NotMonitored,
    IReadOnlyList<DeviceView> Devices,
    string? Late)
{
    /// <summary>Which scores the patient is without because they are for adults only, for example "NEWS2 off: age unknown"; null for none.</summary>
    public string? ScoresOff { get; init; }

    /// <summary>Ids of the signals that are expected; empty: none, or nobody lies there.</summary>
    public IReadOnlyList<string> Monitored { get; init; } = [];

    /// <summary>Marks a clinician has set.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Whom the patient counts among, as the census says it; empty where nobody has said.</summary>
    public string Population { get; init; } = "";

    /// <summary>How people have decided that the patient is cared for: standby, a pause, limits set at the bedside.</summary>
    public PatientCare Care { get; init; } = PatientCare.Ordinary;

    /// <summary>The patient's early-warning score; null where there is none, or the patient is without it.</summary>
    public ScoreView? Score { get; init; }
}
