namespace IoTGateway.Broker.Packets;

/// <summary>The MQTT control packet types as they stand in the upper four bits of a packet's first byte (MQTT 5, 2.1.2).</summary>
internal enum PacketType : byte
{
    Connect = 1,
    ConnectAck = 2,
    Publish = 3,
    PublishAck = 4,
    PublishReceived = 5,
    PublishRelease = 6,
    PublishComplete = 7,
    Subscribe = 8,
    SubscribeAck = 9,
    Unsubscribe = 10,
    UnsubscribeAck = 11,
    PingRequest = 12,
    PingResponse = 13,
    Disconnect = 14,
    Authenticate = 15,
}
