namespace IoTGateway.Rules.Language;

/// <summary>A piece of an expression's text.</summary>
/// <param name="Start">The first character, from 0.</param>
/// <param name="Length">How many characters.</param>
internal readonly record struct TextSpan(int Start, int Length)
{
    /// <summary>The first place behind it.</summary>
    public int End => Start + Length;

    /// <summary>From the beginning of this to the end of another.</summary>
    public TextSpan To(TextSpan other) => new(Start, other.End - Start);
}
