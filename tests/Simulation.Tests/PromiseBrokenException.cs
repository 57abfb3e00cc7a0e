namespace IoTGateway.Simulation.Tests;

/// <summary>A promise did not hold.</summary>
internal sealed class PromiseBrokenException(Promise promise, string what) : Exception($"{promise}: {what}.")
{
    public Promise Promise { get; } = promise;

    /// <summary>Throws unless the condition holds.</summary>
    public static void Unless(bool holds, Promise promise, FormattableString what)
    {
        if (!holds)
        {
            throw new PromiseBrokenException(promise, FormattableString.Invariant(what));
        }
    }
}
