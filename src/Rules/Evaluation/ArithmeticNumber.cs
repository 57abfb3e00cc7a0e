namespace IoTGateway.Rules.Evaluation;

/// <summary>A sum, difference, product or quotient. What is not one number (an incomplete score) or not finite (a division by zero) is unknown.</summary>
internal sealed class ArithmeticNumber(char sign, NumberNode left, NumberNode right) : NumberNode
{
    /// <inheritdoc/>
    public override Interval Evaluate(in Frame frame)
    {
        var result = Compute(sign, left.Evaluate(in frame).Point, right.Evaluate(in frame).Point);
        return double.IsFinite(result) ? Interval.Of(result) : Interval.Unknown;
    }

    /// <summary>The operation alone.</summary>
    public static double Compute(char sign, double left, double right) => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };

    /// <inheritdoc/>
    public override void Collect(ReadSet reads)
    {
        left.Collect(reads);
        right.Collect(reads);
    }
}
