namespace IoTGateway.Rules.Engine;

/// <summary>Where one alert of one patient is in its life. Times are Unix milliseconds.</summary>
internal struct AlertCell
{
    /// <summary>The state; <see cref="AlertState.Unknown"/> means idle, which is where an ended alert returns to.</summary>
    public AlertState State;

    /// <summary>Whether it rests on data that cannot be trusted or is not there.</summary>
    public bool Unverified;

    /// <summary>Since when the condition has held.</summary>
    public long Since;

    /// <summary>Since when the clear condition has held; has a meaning in clearing only.</summary>
    public long ClearSince;

    /// <summary>When pending becomes active, or clearing ends; <see cref="Evaluation.SlotState.None"/> in the other states.</summary>
    public long Due;

    /// <summary>The time of its last transition: the next one is never told as earlier.</summary>
    public long Changed;

    /// <summary>An alert that is not there.</summary>
    public static readonly AlertCell Idle = new() { Due = Evaluation.SlotState.None, Changed = Evaluation.SlotState.Never };
}
