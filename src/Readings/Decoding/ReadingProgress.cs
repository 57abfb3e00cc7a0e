namespace IoTGateway.Readings.Decoding;

/// <summary>What is known so far of the reading that is being decoded.</summary>
internal struct ReadingProgress
{
    /// <summary>The batch it belongs to.</summary>
    public required ReadingBatch Batch { get; init; }

    /// <summary>The reading to be filled.</summary>
    public required Reading Reading { get; init; }

    /// <summary>Bytes of the payload before the text (a byte order mark): what places in the text lack to be places in the payload.</summary>
    public required int Begin { get; init; }

    /// <summary>Whether a member named a signal and what it said of it was understood, be it "no value".</summary>
    public bool HasUnderstoodValue { get; set; }

    /// <summary>The first signal whose value was not understood.</summary>
    public Signal? UnreadableSignal { get; set; }

    /// <summary>Why the reading must be refused; null as long as it need not.</summary>
    public string? Fault { get; set; }
}
