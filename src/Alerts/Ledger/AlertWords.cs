using IoTGateway.Alerts.Care;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>The words that stand for states, priorities and kinds in JSON. They are part of the log's form and never change their meaning.</summary>
internal static class AlertWords
{
    public static string Of(AlertState state) => state switch
    {
        AlertState.Unknown => "none",
        AlertState.Pending => "pending",
        AlertState.Active => "active",
        AlertState.Clearing => "clearing",
        AlertState.Latched => "latched",
        AlertState.Ended => "ended",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "There is no such state."),
    };

    public static string Of(AlertPriority priority) => priority switch
    {
        AlertPriority.Low => "low",
        AlertPriority.Medium => "medium",
        AlertPriority.High => "high",
        _ => throw new ArgumentOutOfRangeException(nameof(priority), priority, "There is no such priority."),
    };

    public static string Of(AlertKind kind) => kind switch
    {
        AlertKind.Physiological => "physiological",
        AlertKind.Technical => "technical",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind."),
    };

    public static string Of(AlertChange change) => change switch
    {
        AlertChange.Entered => "entered",
        AlertChange.Updated => "updated",
        AlertChange.Acknowledged => "acknowledged",
        AlertChange.Moved => "moved",
        AlertChange.Announced => "announced",
        AlertChange.Silenced => "silenced",
        AlertChange.SilenceEnded => "silence-ended",
        AlertChange.Held => "held",
        AlertChange.Released => "released",
        AlertChange.Rearmed => "re-alarmed",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
    };

    public static string Of(PatientHold hold) => hold switch
    {
        PatientHold.None => "none",
        PatientHold.Pause => "pause",
        PatientHold.Standby => "standby",
        _ => throw new ArgumentOutOfRangeException(nameof(hold), hold, "There is no such hold."),
    };

    public static PatientHold Hold(string? word) => word switch
    {
        "none" => PatientHold.None,
        "pause" => PatientHold.Pause,
        "standby" => PatientHold.Standby,
        _ => throw Unknown("hold", word),
    };

    public static AlertState State(string? word) => word switch
    {
        "none" => AlertState.Unknown,
        "pending" => AlertState.Pending,
        "active" => AlertState.Active,
        "clearing" => AlertState.Clearing,
        "latched" => AlertState.Latched,
        "ended" => AlertState.Ended,
        _ => throw Unknown("state", word),
    };

    public static AlertPriority Priority(string? word) => word switch
    {
        "low" => AlertPriority.Low,
        "medium" => AlertPriority.Medium,
        "high" => AlertPriority.High,
        _ => throw Unknown("priority", word),
    };

    public static AlertKind Kind(string? word) => word switch
    {
        "physiological" => AlertKind.Physiological,
        "technical" => AlertKind.Technical,
        _ => throw Unknown("kind", word),
    };

    public static AlertChange Change(string? word) => word switch
    {
        "entered" => AlertChange.Entered,
        "updated" => AlertChange.Updated,
        "acknowledged" => AlertChange.Acknowledged,
        "moved" => AlertChange.Moved,
        "announced" => AlertChange.Announced,
        "silenced" => AlertChange.Silenced,
        "silence-ended" => AlertChange.SilenceEnded,
        "held" => AlertChange.Held,
        "released" => AlertChange.Released,
        "re-alarmed" => AlertChange.Rearmed,
        _ => throw Unknown("change", word),
    };

    private static InvalidDataException Unknown(string what, string? word) => new($"An alert event has the {what} '{word}', which this version does not know.");
}
