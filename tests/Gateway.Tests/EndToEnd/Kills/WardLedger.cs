namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>What the test has sent, what was answered, and when the gateway was killed. Many write to it at once.</summary>
internal sealed class WardLedger
{
    private readonly Lock _lock = new();
    private readonly List<Act> _acts = [];
    private long _last;

    /// <summary>The kills: before and after this time (Unix milliseconds) the gateway was alive and dead.</summary>
    public List<(long Before, long After)> Kills { get; } = [];

    /// <summary>How many of the kills fell into a start.</summary>
    public int KillsOfStarts { get; set; }

    public IReadOnlyList<Act> Acts
    {
        get
        {
            lock (_lock)
            {
                return [.. _acts];
            }
        }
    }

    /// <summary>A number that nothing else has.</summary>
    public long NextMark() => Interlocked.Increment(ref _last);

    public void Add(Act act)
    {
        lock (_lock)
        {
            _acts.Add(act);
        }
    }

    /// <summary>How many kills fell between two times.</summary>
    public int KillsWithin(long from, long to) => Kills.Count(kill => kill.After >= from && kill.Before <= to);

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Kills.Count} kills, {KillsOfStarts} of them while it started; answered: " + string.Join(", ", Acts
            .Where(act => act.Answer == ActAnswer.Done).GroupBy(act => act.Kind).OrderBy(group => group.Key).Select(group => $"{group.Count()} {group.Key}"))
        + $"; without an answer: {Acts.Count(act => act.Answer == ActAnswer.None)}";
}
