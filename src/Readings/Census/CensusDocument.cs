namespace IoTGateway.Readings.Census;

/// <summary>A census record in the shape of its JSON, see <see cref="CensusRecord"/>. Everything may be absent in what is read.</summary>
internal sealed class CensusDocument
{
    /// <summary>The number of the format.</summary>
    public int Format { get; set; }

    /// <summary>From when on it holds, in Unix milliseconds.</summary>
    public long? From { get; set; }

    /// <summary>The beds in their order.</summary>
    public CensusDocumentBed?[]? Beds { get; set; }
}
