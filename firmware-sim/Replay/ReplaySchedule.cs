using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Replay;

/// <summary>When each reading of a recording is sent, and which time it carries.</summary>
/// <remarks>
/// Sending begins with the first reading, without waiting for the time that lies before it in the recording. A reading that is behind its
/// time, after an outage or with a slow gateway, is sent at once; none is left out.
/// </remarks>
public sealed class ReplaySchedule
{
    private readonly TimeSpan _first;
    private readonly double? _speed;
    private readonly TimeProvider _clock;
    private readonly long _began;

    /// <summary>Begins now.</summary>
    /// <param name="recording">What is replayed.</param>
    /// <param name="speed">How many times faster than recorded, above 0; null: as fast as it goes.</param>
    /// <param name="start">Which time the readings carry.</param>
    /// <param name="clock">The clock.</param>
    public ReplaySchedule(Recording recording, double? speed, ReplayStart start, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(recording);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(clock);
        if (speed is { } times)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(times, 0);
        }

        _first = recording.First;
        _speed = speed;
        _clock = clock;
        _began = clock.GetTimestamp();
        Start = start.SecondZero(recording, Instant.Now(clock));
    }

    /// <summary>The time of the recording's second 0.</summary>
    public Instant Start { get; }

    /// <summary>Waits until a reading with this time in the recording is due.</summary>
    public async ValueTask WaitForAsync(TimeSpan time, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (_speed is not { } speed)
        {
            return;
        }

        var due = (time - _first) / speed;
        var ahead = due - _clock.GetElapsedTime(_began);
        if (ahead > TimeSpan.Zero)
        {
            await WaitAsync(ahead, cancellation).ConfigureAwait(false);
        }
    }

    private async Task WaitAsync(TimeSpan ahead, CancellationToken cancellation)
    {
        // A timer holds 49 days at most; a slow replay of a long gap may need more.
        var longest = TimeSpan.FromDays(30);
        while (ahead > longest)
        {
            await Task.Delay(longest, _clock, cancellation).ConfigureAwait(false);
            ahead -= longest;
        }

        await Task.Delay(ahead, _clock, cancellation).ConfigureAwait(false);
    }
}
