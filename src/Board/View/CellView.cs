namespace IoTGateway.Board.View;

/// <summary>One measured thing of a tile, ready to be read.</summary>
internal sealed record CellView
{
    /// <summary>Which cell of the tile: a signal's id, or <c>pressure</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What a nurse calls it: "HR", "SpO2", "ART".</summary>
    public required string Label { get; init; }

    /// <summary>The number as written, or "--" where there is none.</summary>
    public required string Text { get; init; }

    /// <summary>What stands smaller behind the number: the mean pressure in brackets.</summary>
    public string? Extra { get; init; }

    /// <summary>The unit as written; empty for none.</summary>
    public required string Unit { get; init; }

    /// <summary>Whether the number may be read as the present one.</summary>
    public required CellState State { get; init; }

    /// <summary>Whether the number is doubtful and carries a "?".</summary>
    public bool Questionable { get; init; }

    /// <summary>When it was measured, Unix milliseconds; null where nothing ever was. The page shows its age from it.</summary>
    public long? Time { get; init; }

    /// <summary>What stands under a number that is not fresh: "at 14:02", "last 97 % at 14:02", "no value yet".</summary>
    public string? Note { get; init; }

    /// <summary>The signal whose last hour is drawn under it; null for none.</summary>
    public string? Trace { get; init; }

    /// <summary>The number by which the trace goes on; null where there is none.</summary>
    public double? TraceValue { get; init; }
}
