namespace IoTGateway.Board.Api.Replies;

/// <summary>The devices at one moment.</summary>
/// <param name="Time">When, ISO 8601 in UTC.</param>
/// <param name="Devices">The devices in the order of the beds, then those that stand at none.</param>
internal sealed record DevicesReply(string Time, IReadOnlyList<DeviceReply> Devices);
