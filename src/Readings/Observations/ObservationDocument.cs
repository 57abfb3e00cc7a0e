namespace IoTGateway.Readings.Observations;

/// <summary>An observation record in the shape of its JSON, see <see cref="ObservationRecord"/>. Everything may be absent in what is read.</summary>
internal sealed class ObservationDocument
{
    /// <summary>The number of the format.</summary>
    public int Format { get; set; }

    /// <summary>The observation's id.</summary>
    public string? Id { get; set; }

    /// <summary>Which version it is.</summary>
    public int? Revision { get; set; }

    /// <summary>Whom it is about.</summary>
    public string? Patient { get; set; }

    /// <summary>The ward at the time it was taken.</summary>
    public string? Ward { get; set; }

    /// <summary>The bed; null for none.</summary>
    public string? Bed { get; set; }

    /// <summary>When it was taken, in Unix milliseconds.</summary>
    public long? Taken { get; set; }

    /// <summary>When it was recorded, in Unix milliseconds.</summary>
    public long? Recorded { get; set; }

    /// <summary>The author.</summary>
    public string? By { get; set; }

    /// <summary>The values by signal, in the order in which they were entered.</summary>
    public Dictionary<string, double>? Values { get; set; }

    /// <summary>Signals that an earlier version said at this time; null for none.</summary>
    public string[]? Dropped { get; set; }

    /// <summary>What the author wrote; null for nothing.</summary>
    public string? Note { get; set; }

    /// <summary>Why it was taken back; null while it counts.</summary>
    public string? Retracted { get; set; }

    /// <summary>The version before; null for what was entered first.</summary>
    public ObservationDocumentVersion? Before { get; set; }
}
