namespace IoTGateway.Rules.Evaluation;

/// <summary>What the panes of a window hold.</summary>
internal enum WindowKind
{
    /// <summary>Sums and counts, for <c>average</c> and <c>count</c>.</summary>
    Sums,

    /// <summary>The least values, for <c>lowest</c> and <c>rise</c>.</summary>
    Lowest,

    /// <summary>The greatest values, for <c>highest</c> and <c>fall</c>.</summary>
    Highest,
}
