namespace IoTGateway.Board.Api.Replies;

/// <summary>A message of a device that could not be used.</summary>
/// <param name="Device">The device.</param>
/// <param name="Topic">The topic.</param>
/// <param name="Received">When it was received, ISO 8601 in UTC.</param>
/// <param name="Reason">Why; may quote the message.</param>
internal sealed record DeviceRejectReply(string Device, string Topic, string Received, string Reason);
