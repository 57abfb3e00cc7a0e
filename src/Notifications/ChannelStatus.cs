using IoTGateway.Readings;

namespace IoTGateway.Notifications;

/// <summary>How a channel is doing.</summary>
/// <param name="Name">Its name in the files.</param>
/// <param name="Kind">"webhook", "email" or "mqtt".</param>
/// <param name="Waiting">How many pages wait.</param>
/// <param name="AwaySince">Since when it takes nothing; null while it works.</param>
/// <param name="Reason">Why it takes nothing, in words; empty while it works.</param>
/// <param name="LastSent">When it last took a page; null: not since the start.</param>
public sealed record ChannelStatus(string Name, string Kind, long Waiting, Instant? AwaySince, string Reason, Instant? LastSent);
