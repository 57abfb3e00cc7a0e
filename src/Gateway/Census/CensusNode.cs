namespace IoTGateway.Census;

/// <summary>A piece of the file with its place.</summary>
internal sealed class CensusNode
{
    /// <summary>What it is.</summary>
    public required CensusNodeKind Kind { get; init; }

    /// <summary>The text of a <see cref="CensusNodeKind.Text"/>.</summary>
    public string Text { get; init; } = "";

    /// <summary>Whether the text stands without quotes, so that nothing, ~ and null mean "none".</summary>
    public bool IsPlain { get; init; }

    /// <summary>The elements of a <see cref="CensusNodeKind.List"/>.</summary>
    public List<CensusNode> Items { get; } = [];

    /// <summary>The keys and values of a <see cref="CensusNodeKind.Map"/>, in their order, repeated keys included.</summary>
    public List<(CensusNode Key, CensusNode Value)> Members { get; } = [];

    /// <summary>From 1.</summary>
    public required int Line { get; init; }

    /// <summary>From 1.</summary>
    public required int Column { get; init; }

    /// <summary>How many characters it takes on its line, at least 1.</summary>
    public int Length { get; init; } = 1;

    /// <summary>Whether a key stands there without a value.</summary>
    public bool IsNone => Kind == CensusNodeKind.Text && IsPlain && Text is "" or "~" or "null" or "Null" or "NULL";
}
