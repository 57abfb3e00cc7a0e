namespace IoTGateway.Readings.Census;

/// <summary>A census record in the shape of its JSON, see <see cref="CensusRecord"/>. Everything may be absent in what is read.</summary>
internal sealed class CensusDocument
{
    /// <summary>The number of the format.</summary>
    public int Format { get; set; }

    /// <summary>From when on it holds, in Unix milliseconds.</summary>
    public long? From { get; set; }

    /// <summary>When it was recorded, in Unix milliseconds; null in a record that says only who is where.</summary>
    public long? At { get; set; }

    /// <summary>What kind of change it is, in one word.</summary>
    public string? Kind { get; set; }

    /// <summary>The person.</summary>
    public string? By { get; set; }

    /// <summary>What was done.</summary>
    public string? Words { get; set; }

    /// <summary>Why.</summary>
    public string? Reason { get; set; }

    /// <summary>The log address of the record whose change is undone.</summary>
    public long? Corrects { get; set; }

    /// <summary>The hash of the census file.</summary>
    public string? File { get; set; }

    /// <summary>By what one who waits for it knows it.</summary>
    public string? Request { get; set; }

    /// <summary>The beds in their order.</summary>
    public CensusDocumentBed?[]? Beds { get; set; }
}
