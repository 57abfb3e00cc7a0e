namespace IoTGateway.Board.Api.Replies;

/// <summary>The newest messages of devices that could not be used.</summary>
/// <param name="Rejects">Newest first.</param>
internal sealed record DeviceRejectsReply(IReadOnlyList<DeviceRejectReply> Rejects);
