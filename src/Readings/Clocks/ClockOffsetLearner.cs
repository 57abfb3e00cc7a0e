namespace IoTGateway.Readings.Clocks;

/// <summary>
/// Learns how far the clock of one device is from the gateway's. Pure and of fixed size: the same readings in the same order teach the same.
/// </summary>
/// <remarks>
/// Readings are <em>paced</em> while their device times advance as the clock of the gateway does. What is between the two is then the offset of the
/// clock, and a delay that is never negative: the least of several readings is nearest to the offset. What is not paced teaches nothing:
/// <code>
/// what comes                                               what becomes of it
/// readings as they are measured, the clock wrong           learned after 8 readings over 30 s
/// what a device has kept while it was offline, at once     the time between the two shrinks with each reading: the run begins anew
/// the same in one message                                  only the newest reading of a message is looked at
/// the device's clock is set (NTP)                          the run begins anew; learned again after 8 readings over 30 s
/// the clock drifts                                         learned again when it is 2 s off
/// a message or two held up on the way                      begins the run anew if held up for more than 2 s
/// </code>
/// A constant delay cannot be told from an offset; what is below 5 s therefore counts as delay.
/// </remarks>
public sealed class ClockOffsetLearner
{
    /// <summary>So many paced readings are needed.</summary>
    public const int ReadingsAtLeast = 8;

    /// <summary>Over so much time of the device.</summary>
    public static readonly TimeSpan SpanAtLeast = TimeSpan.FromSeconds(30);

    /// <summary>How far the times from measuring to receipt may be apart in a run.</summary>
    public static readonly TimeSpan SpreadAtMost = TimeSpan.FromSeconds(2);

    /// <summary>A smaller offset is taken for delay.</summary>
    public static readonly TimeSpan OffsetAtLeast = TimeSpan.FromSeconds(5);

    /// <summary>What is known already is learned again when it is off by more than this.</summary>
    public static readonly TimeSpan ChangeAtLeast = TimeSpan.FromSeconds(2);

    /// <summary>What has to be added to the device's clock, as learned last; zero: nothing. Set by whoever knows it from before.</summary>
    public TimeSpan Learned { get; set; }

    /// <summary>The readings since the run began: what a checkpoint has to hold beside <see cref="Learned"/>.</summary>
    public ClockOffsetRun Run { get; set; }

    /// <summary>Takes in a reading; of several in one message the newest.</summary>
    /// <param name="deviceTime">When the device says it measured.</param>
    /// <param name="received">When the gateway received it.</param>
    /// <returns>What the reading completed.</returns>
    public ClockLesson Take(Instant deviceTime, Instant received)
    {
        var apart = received - deviceTime;
        if (Run.Count == 0)
        {
            Begin(deviceTime, apart);
            return ClockLesson.None;
        }

        var least = apart < Run.Least ? apart : Run.Least;
        var most = apart > Run.Most ? apart : Run.Most;
        if (most - least > SpreadAtMost)
        {
            Begin(deviceTime, apart);
            return ClockLesson.None;
        }

        if (deviceTime <= Run.Newest)
        {
            // Sent again, or another part of the same moment: no step of the clock.
            return ClockLesson.None;
        }

        Run = Run with { Count = Run.Count + 1, Newest = deviceTime, Least = least, Most = most };
        if (Run.Count < ReadingsAtLeast || deviceTime - Run.First < SpanAtLeast)
        {
            return ClockLesson.None;
        }

        Begin(deviceTime, apart);
        return Conclude(least);
    }

    private void Begin(Instant deviceTime, TimeSpan apart) => Run = new ClockOffsetRun(1, deviceTime, deviceTime, apart, apart);

    private ClockLesson Conclude(TimeSpan offset)
    {
        if ((offset - Learned).Duration() <= ChangeAtLeast)
        {
            return ClockLesson.Confirmed;
        }

        var meant = offset.Duration() < OffsetAtLeast ? TimeSpan.Zero : offset;
        if (meant == Learned)
        {
            return ClockLesson.Confirmed;
        }

        Learned = meant;
        return ClockLesson.Learned;
    }
}
