namespace IoTGateway.Alerts;

/// <summary>What people can do to alerts. Each command is a log record before it has an effect.</summary>
public interface IAlertCommands
{
    /// <summary>Acknowledges one episode of an alert. Completes when the outcome is durable.</summary>
    /// <param name="alertId">The <see cref="AlertStatus.Id"/>.</param>
    /// <param name="episode">The episode the person saw; another one is refused as stale.</param>
    /// <param name="by">Who.</param>
    /// <param name="note">What the person wrote; empty for nothing.</param>
    /// <param name="cancellation">Ends the waiting, not the command.</param>
    Task<AcknowledgeResult> AcknowledgeAsync(string alertId, string episode, string by, string note, CancellationToken cancellation);
}
