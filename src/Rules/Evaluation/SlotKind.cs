namespace IoTGateway.Rules.Evaluation;

/// <summary>What a slot holds.</summary>
internal enum SlotKind
{
    /// <summary>The values of a signal.</summary>
    Signal,

    /// <summary>What is asked of a window: its average, its lowest value...</summary>
    Window,

    /// <summary>A number computed by arithmetic.</summary>
    Expression,

    /// <summary>Points by a table: an interval.</summary>
    Score,

    /// <summary>A sum of scores: an interval.</summary>
    Sum,
}
