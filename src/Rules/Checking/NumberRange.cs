namespace IoTGateway.Rules.Checking;

/// <summary>The numbers from one to another, both included; the ends may be infinite.</summary>
/// <param name="Low">The lower end.</param>
/// <param name="High">The upper end, not below the lower one.</param>
internal readonly record struct NumberRange(double Low, double High)
{
    /// <summary>All numbers: nothing is known.</summary>
    public static readonly NumberRange Everything = new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>One number.</summary>
    public static NumberRange Of(double value) => new(value, value);

    /// <summary>All results of an operation on numbers of two ranges, perhaps more.</summary>
    public static NumberRange Compute(char sign, NumberRange left, NumberRange right) => sign switch
    {
        '+' => Between(left.Low + right.Low, left.High + right.High),
        '-' => Between(left.Low - right.High, left.High - right.Low),
        '*' => Around(left.Low * right.Low, left.Low * right.High, left.High * right.Low, left.High * right.High),
        _ => right.Low <= 0 && right.High >= 0
            ? Everything
            : Around(left.Low / right.Low, left.Low / right.High, left.High / right.Low, left.High / right.High),
    };

    /// <summary>The numbers with the other sign.</summary>
    public static NumberRange Negate(NumberRange range) => new(-range.High, -range.Low);

    /// <summary>The smallest range that holds both.</summary>
    public NumberRange With(NumberRange other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));

    private static NumberRange Around(params ReadOnlySpan<double> ends)
    {
        var low = double.PositiveInfinity;
        var high = double.NegativeInfinity;
        foreach (var end in ends)
        {
            // Zero times infinity: nothing can be said.
            if (double.IsNaN(end))
            {
                return Everything;
            }

            low = Math.Min(low, end);
            high = Math.Max(high, end);
        }

        return new NumberRange(low, high);
    }

    private static NumberRange Between(double low, double high) => double.IsNaN(low) || double.IsNaN(high) ? Everything : new NumberRange(low, high);
}
