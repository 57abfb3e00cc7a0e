namespace IoTGateway.Readings.Census;

/// <summary>What a census record says of itself beside who is where: what was done, by whom and why.</summary>
public sealed record CensusNote
{
    /// <summary>What kind of change it is.</summary>
    public CensusNoteKind Kind { get; init; }

    /// <summary>When it was recorded.</summary>
    public Instant At { get; init; }

    /// <summary>The identity of the person; empty for a census file that nobody had to decide upon.</summary>
    public string By { get; init; } = "";

    /// <summary>What was done, in words.</summary>
    public string Words { get; init; } = "";

    /// <summary>Why; empty for nothing.</summary>
    public string Reason { get; init; } = "";

    /// <summary>The log address of the record whose change it undoes, from the time of that change on; null for a change of the present.</summary>
    public long? Corrects { get; init; }

    /// <summary>Of a census file, the SHA-256 of its text in lower-case hex; else empty.</summary>
    public string File { get; init; } = "";

    /// <summary>By what one who waits for the record knows it; empty for nobody.</summary>
    public string Request { get; init; } = "";
}
