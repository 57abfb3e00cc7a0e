using System.Diagnostics.Metrics;
using IoTGateway.Notifications.Records;

namespace IoTGateway.Notifications;

/// <summary>
/// The meter <c>IoTGateway.Notifications</c>: <c>iotgateway.notifications.pages</c> by <c>state</c> (of the alerts that stand and what still waits),
/// <c>iotgateway.notifications.oldest_waiting</c> (seconds, by <c>channel</c>) and <c>iotgateway.notifications.nobody_reached</c> (alerts).
/// </summary>
internal sealed class NotificationMeter : IDisposable
{
    private readonly Meter _meter = new("IoTGateway.Notifications");

    public NotificationMeter(NotificationService service)
    {
        _meter.CreateObservableGauge("iotgateway.notifications.pages", () => Pages(service), null, "Pages of alerts that stand, and those that still wait.");
        _meter.CreateObservableGauge("iotgateway.notifications.oldest_waiting", () => Oldest(service), "s", "How long the oldest page waits for its channel.");
        _meter.CreateObservableGauge("iotgateway.notifications.nobody_reached", () => service.NobodyReached, null, "Alerts of which all stages have gone by unacknowledged.");
    }

    public void Dispose() => _meter.Dispose();

    private static IEnumerable<Measurement<long>> Pages(NotificationService service)
    {
        var counts = service.CountPages();
        return Enum.GetValues<PageState>().Select(state =>
            new Measurement<long>(counts.GetValueOrDefault(state), new KeyValuePair<string, object?>("state", PageWords.Of(state))));
    }

    private static IEnumerable<Measurement<double>> Oldest(NotificationService service) => service.OldestWaiting()
        .Select(pair => new Measurement<double>(pair.Age.TotalSeconds, new KeyValuePair<string, object?>("channel", pair.Channel)));
}
