namespace IoTGateway.Board.Api.Replies;

/// <summary>One bed, or one device that stands at no bed.</summary>
internal sealed record PatientReply
{
    /// <summary>The ward.</summary>
    public required string Ward { get; init; }

    /// <summary>The bed; empty for an unassigned device.</summary>
    public required string Bed { get; init; }

    /// <summary>The patient's id, by which a series is asked for; absent for an empty bed.</summary>
    public string? Patient { get; init; }

    /// <summary>Whether somebody would be warned. False for an empty bed too.</summary>
    public required bool Monitored { get; init; }

    /// <summary>Why nobody would be warned, in words; absent while the patient is monitored or the bed is empty.</summary>
    public string? NotMonitored { get; init; }

    /// <summary>The newest values.</summary>
    public required IReadOnlyList<ValueReply> Values { get; init; }

    /// <summary>The alerts that have not ended, most urgent first.</summary>
    public required IReadOnlyList<AlertReply> Alerts { get; init; }

    /// <summary>The devices at the bed.</summary>
    public required IReadOnlyList<DeviceReply> Devices { get; init; }

    /// <summary>What was found in readings that came late and nobody has seen.</summary>
    public string? Late { get; init; }

    /// <summary>How people have decided that the patient is cared for: standby, a pause, limits set at the bedside.</summary>
    public required CareReply Care { get; init; }

    /// <summary>The early-warning score; absent where there is none.</summary>
    public ScoreReply? Score { get; init; }

    /// <summary>Which scores are off for this patient, and why; absent for none.</summary>
    public string? ScoresOff { get; init; }
}
