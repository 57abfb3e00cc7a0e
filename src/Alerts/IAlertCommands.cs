namespace IoTGateway.Alerts;

/// <summary>What people can do to alerts. Each command is a log record before it has an effect.</summary>
public interface IAlertCommands
{
    /// <summary>Acknowledges one episode of an alert. Completes when the outcome is durable.</summary>
    /// <param name="alertId">The <see cref="AlertStatus.Id"/>.</param>
    /// <param name="episode">The episode the person saw; another one is refused as stale.</param>
    /// <param name="seen">The state the person saw; one that has become more urgent since is refused as stale. Null where it is not known.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What the person wrote; empty for nothing.</param>
    /// <param name="cancellation">Ends the waiting, not the command.</param>
    Task<AcknowledgeResult> AcknowledgeAsync(string alertId, string episode, SeenState? seen, string by, string note, CancellationToken cancellation);
}
