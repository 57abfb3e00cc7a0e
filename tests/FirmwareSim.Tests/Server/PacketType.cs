namespace IoTGateway.FirmwareSim.Tests.Server;

/// <summary>The packet types of MQTT that a publisher sends, by their number.</summary>
internal enum PacketType
{
    None = 0,
    Connect = 1,
    Publish = 3,
    PubRel = 6,
    PingReq = 12,
    Disconnect = 14,
}
