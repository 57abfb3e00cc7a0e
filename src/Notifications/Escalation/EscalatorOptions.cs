namespace IoTGateway.Notifications.Escalation;

/// <summary>How the escalation is run.</summary>
public sealed class EscalatorOptions
{
    /// <summary>How often time is told to it. 10 ms to 10 s; default 250 ms.</summary>
    public TimeSpan TickInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How far its time stays behind the clock, so that an acknowledgement that is on its way still comes before the stage it is to stop. 0 to 10 s; default
    /// 500 ms.
    /// </summary>
    public TimeSpan Allowance { get; init; } = TimeSpan.FromMilliseconds(500);
}
