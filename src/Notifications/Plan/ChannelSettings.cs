namespace IoTGateway.Notifications.Plan;

/// <summary>A channel as the files describe it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Timeout">How long a try may take. 1 to 25 s.</param>
/// <param name="TakenWithin">A page it has not taken after this time goes to the next way to reach the person, or to the backup. 1 s to 10 min.</param>
public abstract record ChannelSettings(string Name, TimeSpan Timeout, TimeSpan TakenWithin)
{
    /// <summary>"webhook" or "email".</summary>
    public abstract string Kind { get; }

    /// <summary>The name of its consumer in the log.</summary>
    public string ConsumerName => Kind + ":" + Name;

    /// <summary>The name of the consumer that tells that alerts are over, which holds up nothing that calls for somebody.</summary>
    public string OverConsumerName => Kind + "-over:" + Name;
}
