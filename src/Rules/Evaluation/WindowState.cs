namespace IoTGateway.Rules.Evaluation;

/// <summary>Where a window of one patient stands. Its panes are kept apart.</summary>
internal struct WindowState
{
    /// <summary>The number of the newest pane it holds; it holds this one and the 29 before it.</summary>
    public long Head;

    /// <summary>The number of the oldest pane with a sample; <see cref="SlotState.None"/> while there is no sample.</summary>
    public long Oldest;

    /// <summary>Of all samples: the sum in thousandths, or the least or greatest value; 0 or NaN while there is none.</summary>
    public double Total;

    /// <summary>How many samples it holds; 0 in windows that do not count.</summary>
    public int Count;

    /// <summary>Whether the newest sample of the signal is among them.</summary>
    public bool HoldsNewest;

    /// <summary>A window that holds nothing.</summary>
    public static WindowState Empty(WindowKind kind) => new()
    {
        Head = SlotState.Never,
        Oldest = SlotState.None,
        Total = kind == WindowKind.Sums ? 0 : double.NaN,
    };
}
