namespace IoTGateway.FirmwareSim.Patients;

/// <summary>
/// A value that wanders about a target as vital signs do: each second it moves a part of the way to the target and a little at random
/// (a mean-reverting random walk, in steady state normally distributed about the target).
/// </summary>
/// <param name="start">The first value.</param>
/// <param name="spread">The standard deviation about the target in steady state.</param>
/// <param name="settling">How long it takes to make up about two thirds of its distance to the target.</param>
/// <param name="random">The source of the wandering.</param>
internal sealed class WanderingValue(double start, double spread, TimeSpan settling, Random random)
{
    /// <summary>Where it wanders is cut off here, so that a stable patient never raises an alert by chance.</summary>
    private const double SpreadsMaximum = 2.5;

    private readonly double _pull = 1 - Math.Exp(-1 / settling.TotalSeconds);
    private double _wandering;
    private double _level = start;

    /// <summary>The present value.</summary>
    public double Value => _level + _wandering;

    /// <summary>One second passes.</summary>
    /// <param name="target">Where it is drawn to.</param>
    public void Step(double target)
    {
        _level += (target - _level) * _pull;

        // The variance of this walk in steady state is spread^2.
        var kick = spread * Math.Sqrt(_pull * (2 - _pull)) * Gaussian();
        _wandering = Math.Clamp((_wandering * (1 - _pull)) + kick, -SpreadsMaximum * spread, SpreadsMaximum * spread);
    }

    /// <summary>A normally distributed number by the method of Box and Muller.</summary>
    private double Gaussian() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
