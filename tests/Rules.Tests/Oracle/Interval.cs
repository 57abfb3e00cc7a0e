namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>All numbers from one to another, both included; a number is the interval that holds only it.</summary>
internal readonly record struct Interval(double Low, double High)
{
    /// <summary>Whether it is one number.</summary>
    public bool IsPoint => Low == High;

    /// <summary>One number; null where it is not finite.</summary>
    public static Interval? Point(double value) => double.IsFinite(value) ? new Interval(value, value) : null;
}
