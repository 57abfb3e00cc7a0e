namespace IoTGateway.Rules.Evaluation;

/// <summary>A sum, difference, product or quotient. What is infinite (a division by zero) is unknown.</summary>
internal sealed class ArithmeticNumber(char sign, NumberNode left, NumberNode right) : NumberNode
{
    /// <inheritdoc/>
    public override double Evaluate(in Frame frame)
    {
        var first = left.Evaluate(in frame);
        var second = right.Evaluate(in frame);
        var result = sign switch
        {
            '+' => first + second,
            '-' => first - second,
            '*' => first * second,
            _ => first / second,
        };
        return double.IsFinite(result) ? result : double.NaN;
    }
}
