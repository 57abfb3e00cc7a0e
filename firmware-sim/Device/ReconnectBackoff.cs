namespace IoTGateway.FirmwareSim.Device;

/// <summary>The pauses between attempts to connect: doubling from first to longest, each shortened by up to a quarter at random.</summary>
internal sealed class ReconnectBackoff(TimeSpan first, TimeSpan longest, Random random)
{
    private int _failures;

    /// <summary>The pause before the next attempt.</summary>
    public TimeSpan Next()
    {
        // 2^20 first pauses are longer than any longest one worth having, and do not overflow.
        var pause = first * Math.Pow(2, Math.Min(_failures++, 20));
        return (pause < longest ? pause : longest) * (1 - (0.25 * random.NextDouble()));
    }

    /// <summary>The gateway worked: the next failure starts from the first pause again.</summary>
    public void Reset() => _failures = 0;
}
