using IoTGateway.Queue.Records;

namespace IoTGateway.Queue;

/// <summary>
/// The time of the log: the wall clock, but never earlier than a time it has given before or than the newest record. Who compares a time with those of
/// records uses this clock. Safe from any thread.
/// </summary>
/// <remarks>
/// Receive times must not decrease. If they stood still while the wall clock is behind, every timer of the rules would stand still too, in silence. So:
/// <code>
/// the wall clock                            the time of the log
/// is not behind                             is the wall clock's
/// is behind: it had run ahead before a      goes on from where it was by the monotonic clock, slower by a thousandth, so that
///   start, or was set back                    a clock that was set back by a minute has caught up after 17 hours
/// has caught up                             is the wall clock's again
/// jumps ahead by more than a minute         jumps with it: what was before may be what was wrong
/// </code>
/// </remarks>
public sealed class LogClock : TimeProvider
{
    /// <summary>A wall clock that is behind by no more is not spoken of: the clock offsets of devices are not told apart from delays below this.</summary>
    public static readonly TimeSpan BehindAtMost = TimeSpan.FromSeconds(5);

    /// <summary>A jump ahead by no more is not spoken of.</summary>
    public static readonly TimeSpan JumpAtMost = TimeSpan.FromSeconds(60);

    // So small that no timer is noticeably late, so large that the drift of the monotonic clock itself (up to 500 millionths) does not outweigh it.
    private const int SlowerByOneIn = 1_000;

    private readonly TimeProvider _wall;
    private readonly Lock _gate = new();

    // The last moment at which the wall clock was followed, or the start; and the monotonic clock at that moment.
    private DateTimeOffset _followed;
    private long _followedStamp;
    private TimeSpan _jumped;

    internal LogClock(TimeProvider wall)
    {
        _wall = wall;
        GoOnFrom(DateTimeOffset.MinValue);
    }

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _wall.LocalTimeZone;

    /// <inheritdoc/>
    public override long TimestampFrequency => _wall.TimestampFrequency;

    /// <inheritdoc/>
    public override long GetTimestamp() => _wall.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _wall.CreateTimer(callback, state, dueTime, period);

    /// <summary>The time of the log.</summary>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return Read_NeedsLock().Time;
        }
    }

    /// <summary>The time of the machine, for those outside who compare it with their own.</summary>
    public DateTimeOffset GetWallClockNow() => _wall.GetUtcNow();

    /// <summary>How far the wall clock is behind the time of the log; zero if it is not.</summary>
    public TimeSpan WallClockBehind
    {
        get
        {
            lock (_gate)
            {
                return Read_NeedsLock().Behind;
            }
        }
    }

    /// <summary>The newest record of the log that was found at the start: no time before it is given from now on.</summary>
    internal void GoOnFrom(DateTimeOffset newest)
    {
        lock (_gate)
        {
            var now = _wall.GetUtcNow();
            _followed = now > newest ? now : newest;
            _followedStamp = _wall.GetTimestamp();
        }
    }

    /// <summary>What there is to tell since the last time; null if there is nothing.</summary>
    /// <param name="told">By how much people believe the wall clock to be behind.</param>
    internal ClockRecord? TakeChange(TimeSpan told)
    {
        lock (_gate)
        {
            var behind = Read_NeedsLock().Behind;
            behind = behind > BehindAtMost ? behind : TimeSpan.Zero;
            var isNew = behind == TimeSpan.Zero || told == TimeSpan.Zero ? behind != told : (behind - told).Duration() > JumpAtMost;
            if (!isNew && _jumped == TimeSpan.Zero)
            {
                return null;
            }

            var change = new ClockRecord(behind, _jumped);
            _jumped = TimeSpan.Zero;
            return change;
        }
    }

    private (DateTimeOffset Time, TimeSpan Behind) Read_NeedsLock()
    {
        // In this order: a thread that is held up between the two must not count that time twice and run ahead from then on.
        var wall = _wall.GetUtcNow();
        var stamp = _wall.GetTimestamp();
        var elapsed = _wall.GetElapsedTime(_followedStamp, stamp);
        var goesOn = _followed + elapsed - (elapsed / SlowerByOneIn);
        if (wall < goesOn)
        {
            return (goesOn, goesOn - wall);
        }

        if (wall - goesOn > JumpAtMost)
        {
            _jumped += wall - goesOn;
        }

        (_followed, _followedStamp) = (wall, stamp);
        return (wall, TimeSpan.Zero);
    }
}
