namespace IoTGateway.Board.Api.Replies;

/// <summary>The newest value of a signal.</summary>
internal sealed record ValueReply
{
    /// <summary>The signal's id.</summary>
    public required string Signal { get; init; }

    /// <summary>The signal's name.</summary>
    public required string Name { get; init; }

    /// <summary>The number, absent where the newest sample is no value. Letters are in <see cref="Text"/>, switches 0 or 1.</summary>
    public double? Value { get; init; }

    /// <summary>The value as written, "--" where there is none.</summary>
    public required string Text { get; init; }

    /// <summary>The unit in UCUM; empty for none.</summary>
    public required string Unit { get; init; }

    /// <summary>The unit as people write it; empty for none.</summary>
    public required string UnitShown { get; init; }

    /// <summary>"valid", "questionable" or "noValue".</summary>
    public required string Quality { get; init; }

    /// <summary>"fresh", "stale", "expired" or "none": whether it may be read as the present value.</summary>
    public required string State { get; init; }

    /// <summary>When it was measured, ISO 8601 in UTC.</summary>
    public required string Time { get; init; }

    /// <summary>How old it was at the time of the answer, in seconds.</summary>
    public required double AgeSeconds { get; init; }
}
