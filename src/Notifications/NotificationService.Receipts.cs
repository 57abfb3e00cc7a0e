using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Notifications;

/// <content>What comes back from the channels' servers.</content>
public sealed partial class NotificationService
{
    /// <summary>The machine's time, with which signatures of others are compared.</summary>
    internal DateTimeOffset WallClockNow => _log.Clock.GetWallClockNow();

    /// <summary>The secret of a webhook; null where it has none, or it cannot be had.</summary>
    internal string? SecretOf(string channel) =>
        _escalator.Plan?.Channels.GetValueOrDefault(channel) is WebhookSettings { Secret: { } source } ? source.Read(out _) : null;

    /// <summary>A page has reached its person; completes when that is durable.</summary>
    internal Task ReportDeliveredAsync(Page page) => _log.Append(
        RecordKind.PageReceipt,
        PageReceiptRecord.TopicOf(page.Channel),
        PageReceiptRecord.Write(new PageReceipt(page.Key, page.Channel, PageState.Delivered, Instant.Now(_log.Clock), "", false))).Task;
}
