namespace IoTGateway.Board.View;

/// <summary>One tile of the board, ready to be read.</summary>
internal sealed record BedView
{
    /// <summary>By what the page knows the tile from one event to the next.</summary>
    public required string Key { get; init; }

    /// <summary>The section it stands in.</summary>
    public required string Ward { get; init; }

    /// <summary>Whether it is a device that stands at no bed.</summary>
    public required bool Unassigned { get; init; }

    /// <summary>The bed, or the device.</summary>
    public required string Title { get; init; }

    /// <summary>The patient; null for an empty bed or an unassigned device.</summary>
    public string? Patient { get; init; }

    /// <summary>By whom the store is asked: the patient, or the device that is its own patient.</summary>
    public required string Subject { get; init; }

    /// <summary>Whether nobody lies there.</summary>
    public required bool Empty { get; init; }

    /// <summary>Why nobody would be warned; null while the patient is monitored (or the bed is empty).</summary>
    public string? NotMonitored { get; init; }

    /// <summary>The highest priority that calls for somebody: "high", "medium", "low" or "none".</summary>
    public required string Attention { get; init; }

    /// <summary>The measured things in their fixed order.</summary>
    public required IReadOnlyList<CellView> Cells { get; init; }

    /// <summary>The alerts, most urgent first; pending ones are not among them.</summary>
    public required IReadOnlyList<AlertView> Alerts { get; init; }

    /// <summary>The devices.</summary>
    public required IReadOnlyList<DeviceChip> Devices { get; init; }

    /// <summary>The battery's state where a device told it: "battery 12 %".</summary>
    public string? Battery { get; init; }

    /// <summary>What came late and nobody has seen.</summary>
    public string? Late { get; init; }

    /// <summary>Standby, a care pause, limits set at the bedside; null for nothing.</summary>
    public CareView? Care { get; init; }

    /// <summary>The early-warning score; null where there is none.</summary>
    public TileScore? Score { get; init; }

    /// <summary>Which scores are off for this patient, and why: "NEWS2 off: age unknown".</summary>
    public string? ScoresOff { get; init; }
}
