using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A window of time over one signal; several functions may look at it.</summary>
/// <param name="Signal">The slot of the signal.</param>
/// <param name="Length">How far back it looks, in milliseconds.</param>
/// <param name="Kind">What its panes hold.</param>
/// <param name="FirstPane">Its first place among the patient's panes.</param>
/// <param name="FirstCount">Its first place among the patient's counts; without meaning where there are none.</param>
internal sealed record WindowInfo(int Signal, long Length, WindowKind Kind, int FirstPane, int FirstCount)
{
    /// <summary>Into how many panes a window is cut.</summary>
    public const int Panes = 30;

    /// <summary>
    /// How long a pane is, in milliseconds. The newest pane has just begun or is nearly over: it is left out here, so that the others alone reach back as far
    /// as was asked for. Of cuff pressures taken every 30 min a window of 30 min holds two.
    /// </summary>
    public long PaneLength { get; } = (Length + Panes - 2) / (Panes - 1);

    /// <summary>The slots of the functions that look at it.</summary>
    public int[] Slots { get; set; } = [];

    /// <summary>What a function needs.</summary>
    public static WindowKind KindOf(WindowFunction function) => function switch
    {
        WindowFunction.Lowest or WindowFunction.Rise => WindowKind.Lowest,
        WindowFunction.Highest or WindowFunction.Fall => WindowKind.Highest,
        _ => WindowKind.Sums,
    };

    /// <summary>The number of the pane a time belongs to.</summary>
    public long PaneOf(long time)
    {
        var pane = time / PaneLength;
        return time % PaneLength < 0 ? pane - 1 : pane;
    }
}
