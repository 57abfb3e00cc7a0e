using IoTGateway.Readings;

namespace IoTGateway.Rules.Evaluation;

/// <summary>What is known of one signal, or derived signal, of one patient. Times are Unix milliseconds.</summary>
internal struct SlotState
{
    /// <summary>Stands for "never" in <see cref="Heard"/> and <see cref="Newest"/>.</summary>
    public const long Never = long.MinValue;

    /// <summary>Stands for "not set" in the times at which something will happen.</summary>
    public const long None = long.MaxValue;

    /// <summary>The value conditions see; NaN while it is unknown.</summary>
    public double Value;

    /// <summary>When it was measured; of a derived signal the time of its oldest input.</summary>
    public long Heard;

    /// <summary>When it becomes unknown.</summary>
    public long Expires;

    /// <summary>The newest sample of any quality, for those who show it.</summary>
    public double NewestValue;

    /// <summary>When the newest sample was taken.</summary>
    public long Newest;

    /// <summary>When the newest sample no longer tells whether the device reads nothing.</summary>
    public long ReadsExpires;

    /// <summary>From when on the signal is waited for; <see cref="None"/> while it is not monitored.</summary>
    public long MonitoredFrom;

    /// <summary>When it will count as missing; <see cref="None"/> while it is not monitored or counts so already.</summary>
    public long MissingDue;

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

    /// <summary>A signal of which nothing is known and which nobody waits for.</summary>
    public static readonly SlotState Empty = new()
    {
        Value = double.NaN,
        Heard = Never,
        Expires = None,
        NewestValue = double.NaN,
        Newest = Never,
        ReadsExpires = None,
        MonitoredFrom = None,
        MissingDue = None,
        ReadsNothing = Truth.Unknown,
    };

    /// <summary>The next instant at which time alone changes something here.</summary>
    public readonly long Due => Math.Min(Expires, Math.Min(ReadsExpires, MissingDue));
}
