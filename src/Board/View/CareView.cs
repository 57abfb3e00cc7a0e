namespace IoTGateway.Board.View;

/// <summary>How people have decided that the patient of a tile is cared for.</summary>
internal sealed record CareView
{
    /// <summary>Who began the care pause; null while there is none.</summary>
    public string? PauseBy { get; init; }

    /// <summary>When it ends by itself, Unix milliseconds.</summary>
    public long? PauseUntil { get; init; }

    /// <summary>Why the patient is away, and who said so; null while not.</summary>
    public string? Standby { get; init; }

    /// <summary>When the standby ends by itself, Unix milliseconds.</summary>
    public long? StandbyUntil { get; init; }

    /// <summary>The limits set at the bedside, each in words: "SpO2 low 85 until 22:00".</summary>
    public required IReadOnlyList<string> Limits { get; init; }
}
