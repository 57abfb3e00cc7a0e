using IoTGateway.Alerts;
using IoTGateway.Archive;
using IoTGateway.Board;
using IoTGateway.Notifications;
using IoTGateway.Storage;

namespace IoTGateway.Hosting;

/// <summary>
/// What has stopped by a failure. Without rules or publishing nobody is warned: that is worth a restart. A store that has stopped has only its
/// curves, and restarting the gateway again and again over a damaged file would take the warnings away too. When the log has failed the gateway ends.
/// </summary>
internal sealed class GatewayHealth(AlertService alerts, IReadOnlyList<StorageConsumer> storage, ArchiveConsumer? archive, NotificationService notifications, CensusFileWatch? census) : IGatewayHealth
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Stopped =>
    [
        .. Sentences("The rules have stopped", alerts.RulesFailure),
        .. Sentences("Alerts are no longer published by MQTT", alerts.PublishingFailure),
        .. Sentences("The escalation has stopped: nobody is paged", notifications.Failure),
        .. notifications.StoppedChannels.SelectMany(channel => Sentences($"The channel '{channel.Channel}' has stopped", channel.Failure)),
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> Degraded =>
    [
        .. storage.SelectMany(consumer => Sentences($"The consumer '{consumer.Name}' has stopped", consumer.Failure)),
        .. Sentences("The archive has stopped", archive?.Failure),
        .. census?.Trouble is { } trouble ? [trouble] : Array.Empty<string>(),
        .. notifications.Degraded,
    ];

    /// <inheritdoc/>
    public IReadOnlyList<string> NotReady => notifications.NotReady;

    /// <summary>The message of a failure may hold what it stumbled over, so it stays in the log.</summary>
    private static IEnumerable<string> Sentences(string what, Exception? failure) =>
        failure is null ? [] : [$"{what} ({failure.GetType().Name}); the log has the details."];
}
