using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Replay;

/// <summary>Which time the readings of a replay carry.</summary>
public sealed record ReplayStart
{
    private readonly Instant? _secondZero;
    private readonly bool _firstIsNow;

    private ReplayStart(Instant? secondZero, bool firstIsNow)
    {
        _secondZero = secondZero;
        _firstIsNow = firstIsNow;
    }

    /// <summary>The last reading is now, all others lie in the past.</summary>
    public static ReplayStart EndsNow { get; } = new(null, firstIsNow: false);

    /// <summary>The first reading is now; faster than real time the others run ahead of the clock.</summary>
    public static ReplayStart BeginsNow { get; } = new(null, firstIsNow: true);

    /// <summary>The recording's second 0 is at this time.</summary>
    public static ReplayStart At(Instant secondZero) => new(secondZero, firstIsNow: false);

    /// <summary>The time of the recording's second 0 when the replay begins at <paramref name="now"/>.</summary>
    internal Instant SecondZero(Recording recording, Instant now) =>
        _secondZero ?? (_firstIsNow ? now - recording.First : now - recording.Last);
}
