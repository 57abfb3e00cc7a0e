namespace IoTGateway.Queue.Draining;

/// <summary>
/// How long to wait between tries: doubles up to a limit; of each delay the second half is left to chance, so that many gateways do not
/// knock at a restarted database in step.
/// </summary>
public sealed class Backoff
{
    private readonly TimeSpan _first;
    private readonly TimeSpan _atMost;
    private readonly Random _random;
    private TimeSpan _whole;

    /// <summary>Begins with the first delay.</summary>
    /// <param name="first">The longest the first delay can be; the shortest is half of it.</param>
    /// <param name="atMost">The longest a delay can be.</param>
    /// <param name="random">The chance.</param>
    public Backoff(TimeSpan first, TimeSpan atMost, Random random)
    {
        _first = first;
        _atMost = atMost;
        _random = random;
        _whole = first;
    }

    /// <summary>The delay before the next try.</summary>
    public TimeSpan Next()
    {
        double chance;
        lock (_random)
        {
            // Several lanes may share it.
            chance = _random.NextDouble();
        }

        var delay = (_whole / 2) + (_whole / 2 * chance);
        _whole = _whole * 2 < _atMost ? _whole * 2 : _atMost;
        return delay;
    }

    /// <summary>A try went well.</summary>
    public void Reset() => _whole = _first;
}
