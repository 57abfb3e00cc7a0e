using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What is known of one signal of one patient. Times are Unix milliseconds. 64 bytes: one cache line.</summary>
internal struct SlotState
{
    /// <summary>Stands for "never" in <see cref="Heard"/> and <see cref="Newest"/>.</summary>
    public const long Never = long.MinValue;

    /// <summary>Stands for "not set" in the times at which something will happen.</summary>
    public const long None = long.MaxValue;

    /// <summary>The last value that was one, however old; NaN before the first.</summary>
    public double Value;

    /// <summary>When it was measured.</summary>
    public long Heard;

    /// <summary>The present value stands between the edges at which some comparison comes out otherwise: at or above this one...</summary>
    public double Below;

    /// <summary>...and below this one.</summary>
    public double Above;

    /// <summary>The newest sample of any quality, for those who show it.</summary>
    public double NewestValue;

    /// <summary>When the newest sample was taken.</summary>
    public long Newest;

    /// <summary>From when on the signal is waited for; <see cref="None"/> while it is not monitored.</summary>
    public long MonitoredFrom;

    /// <summary>How many of its lifetimes (<see cref="SlotInfo.Lifetimes"/>) are over.</summary>
    public byte Lapsed;

    /// <summary>The quality of <see cref="Value"/>.</summary>
    public Quality Quality;

    /// <summary>The quality of <see cref="NewestValue"/>.</summary>
    public Quality NewestQuality;

    /// <summary>Whether the device says it measures, but reads nothing (<c>is no value</c>).</summary>
    public Truth ReadsNothing;

    /// <summary>Whether that answer rests on a questionable value.</summary>
    public bool ReadsQuestionable;

    /// <summary>Whether it is waited for and has not come.</summary>
    public bool Missing;

    /// <summary>Whether conditions know the value: it is there and not out of date.</summary>
    public bool Known;

    /// <summary>A signal of which nothing is known and which nobody waits for.</summary>
    public static readonly SlotState Empty = new()
    {
        Value = double.NaN,
        Heard = Never,
        Below = double.PositiveInfinity,
        Above = double.NegativeInfinity,
        NewestValue = double.NaN,
        Newest = Never,
        MonitoredFrom = None,
        ReadsNothing = Truth.Unknown,
    };

    /// <summary>The value as conditions see it; NaN while they do not know it.</summary>
    public readonly double Present => Known ? Value : double.NaN;

    /// <summary>The next instant at which time alone changes something here.</summary>
    public readonly long Due(SlotInfo info)
    {
        var due = Heard != Never && Lapsed < info.Lifetimes.Length ? Later(Heard, info.Lifetimes[Lapsed]) : None;
        if (MonitoredFrom != None && !Missing)
        {
            due = Math.Min(due, MissingAt(info));
        }

        return ReadsNothing == Truth.Unknown ? due : Math.Min(due, Later(Newest, info.ExpiresAfter));
    }

    /// <summary>When a monitored signal will be missing, if nothing comes.</summary>
    public readonly long MissingAt(SlotInfo info) => Later(Math.Max(Heard, MonitoredFrom), info.MissingAfter);

    /// <summary>Counts the lifetimes that are over by now. Returns whether that changed anything.</summary>
    public bool Age(SlotInfo info, long now)
    {
        byte lapsed = 0;
        while (lapsed < info.Lifetimes.Length && Heard != Never && Later(Heard, info.Lifetimes[lapsed]) <= now)
        {
            lapsed++;
        }

        var known = Heard != Never && lapsed <= info.ConditionLifetime;
        var changed = lapsed != Lapsed || known != Known;
        Lapsed = lapsed;
        Known = known;
        return changed;
    }

    /// <summary>A time and a span without running over the end of time.</summary>
    public static long Later(long time, long span) => span == None || time > None - 1 - span ? None : time + span;
}
