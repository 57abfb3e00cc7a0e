namespace IoTGateway.Readings.Observations;

/// <summary>The version before in the shape of its JSON, see <see cref="ObservationRecord"/>.</summary>
internal sealed class ObservationDocumentVersion
{
    /// <summary>When it was taken, in Unix milliseconds.</summary>
    public long? Taken { get; set; }

    /// <summary>The ward at that time.</summary>
    public string? Ward { get; set; }

    /// <summary>The bed; null for none.</summary>
    public string? Bed { get; set; }

    /// <summary>The values by signal.</summary>
    public Dictionary<string, double>? Values { get; set; }

    /// <summary>Signals that an earlier version said at this time; null for none.</summary>
    public string[]? Dropped { get; set; }
}
