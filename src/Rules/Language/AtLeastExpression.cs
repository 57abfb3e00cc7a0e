using System.Collections.Immutable;

namespace IoTGateway.Rules.Language;

/// <summary>Some of several conditions: <c>at least 2 of (hr &gt; 120, rr &gt; 25, map_calc &lt; 65)</c>.</summary>
/// <param name="Span">Where it stands.</param>
/// <param name="Least">How many have to hold; from 1 to the number of conditions.</param>
/// <param name="LeastSpan">Where that number stands.</param>
/// <param name="Operands">The conditions.</param>
internal sealed record AtLeastExpression(TextSpan Span, int Least, TextSpan LeastSpan, ImmutableArray<Expression> Operands) : Expression(Span)
{
    /// <inheritdoc/>
    protected override string PrintParts(Func<Expression, string?>? substitute) =>
        $"(at least {Least} of ({string.Join(", ", Operands.Select(operand => operand.Print(substitute)))}))";
}
