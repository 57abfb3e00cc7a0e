using IoTGateway.Alerts;
using IoTGateway.Readings;

namespace IoTGateway.Board.View;

/// <summary>
/// The time in which nobody listened before the gateway was started. What was measured before it is shown grey until something newer comes: a
/// number that looks fresh although nobody has heard of the patient since is the worst a board can show.
/// </summary>
/// <param name="From">When the last value was measured before the start.</param>
/// <param name="To">When the gateway began to listen again.</param>
internal sealed record RestartGap(Instant From, Instant To)
{
    // A shorter gap is no gap: devices send about once a second, and some a little less often.
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);

    /// <summary>The gap that the first snapshot after the start shows; null where there is none.</summary>
    public static RestartGap? Of(WardSnapshot first)
    {
        var times = first.Tiles.SelectMany(tile => tile.Values).Where(value => IsContinuous(value.Signal)).Select(value => value.Time).ToList();
        return times.Count == 0 || first.Time - times.Max() <= Shortest ? null : new RestartGap(times.Max(), first.Time);
    }

    /// <summary>Whether a value is from before the gap and says nothing of now. What is measured now and then (temperature, cuff) counts on for its time.</summary>
    public bool IsBefore(Signal signal, Instant time) => IsContinuous(signal) && time < To;

    private static bool IsContinuous(Signal signal) => signal is { OfDevice: false, MissingAfter: not null };
}
