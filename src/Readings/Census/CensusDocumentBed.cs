namespace IoTGateway.Readings.Census;

/// <summary>One bed in the shape of its JSON, see <see cref="CensusRecord"/>.</summary>
internal sealed class CensusDocumentBed
{
    /// <summary>The bed's name.</summary>
    public string? Bed { get; set; }

    /// <summary>The ward's name.</summary>
    public string? Ward { get; set; }

    /// <summary>The patient's id; null for an empty bed.</summary>
    public string? Patient { get; set; }

    /// <summary>The devices, the preferred one first.</summary>
    public string[]? Devices { get; set; }

    /// <summary>The patient's tags.</summary>
    public string[]? Tags { get; set; }

    /// <summary>Whom the patient counts among; null where nobody has said.</summary>
    public string? Population { get; set; }

    /// <summary>The signals that are expected.</summary>
    public string[]? Monitored { get; set; }
}
