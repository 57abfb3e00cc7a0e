namespace IoTGateway.Board.Ports;

/// <summary>The durable queues as an operator sees them, and what can be done with their consumers. Safe from any thread.</summary>
public interface IQueueView
{
    /// <summary>How many topics there are.</summary>
    int Topics { get; }

    /// <summary>How many there may be.</summary>
    int TopicsAtMost { get; }

    /// <summary>Messages the broker has refused since the start.</summary>
    long Refused { get; }

    /// <summary>Each consumer as a whole, by name.</summary>
    IReadOnlyList<ConsumerFigures> Consumers();

    /// <summary>The rows that match, the deepest first, then by name.</summary>
    TopicPage Find(TopicQuery query);

    /// <summary>The newest dead letters. Reads the log, so it may take a second.</summary>
    /// <param name="consumer">Of this consumer; null: of all.</param>
    /// <param name="topic">Of this topic; null: of all.</param>
    /// <param name="atMost">How many at most.</param>
    /// <param name="cancellation">Ends the reading.</param>
    Task<DeadLetterPage> DeadLettersAsync(string? consumer, string? topic, int atMost, CancellationToken cancellation);

    /// <summary>Gives records to a consumer once more.</summary>
    Task<PortAnswer> ReplayAsync(ReplayOrder order, CancellationToken cancellation);

    /// <summary>A consumer stands still, also over restarts.</summary>
    /// <param name="consumer">The consumer.</param>
    /// <param name="stopMonitoring">For the rules and the alerts: it is understood that nobody is warned meanwhile.</param>
    Task<PortAnswer> PauseAsync(string consumer, bool stopMonitoring);

    /// <summary>A paused consumer goes on.</summary>
    Task<PortAnswer> ResumeAsync(string consumer);
}
