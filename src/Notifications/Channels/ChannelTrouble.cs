using IoTGateway.Readings;

namespace IoTGateway.Notifications.Channels;

/// <summary>A channel that has taken nothing lately.</summary>
/// <param name="Since">When the first of the tries failed that have failed since it last took a page.</param>
/// <param name="Reason">Why the newest one failed, in a sentence.</param>
internal sealed record ChannelTrouble(Instant Since, string Reason);
