namespace IoTGateway.Broker.Packets;

/// <summary>The reason codes of MQTT 5 (2.4) that the gateway itself sends.</summary>
internal enum ReasonCode : byte
{
    Success = 0x00,
    DisconnectWithWill = 0x04,
    NoSubscriptionExisted = 0x11,
    Unspecified = 0x80,
    Malformed = 0x81,
    ProtocolError = 0x82,
    ClientIdentifierNotValid = 0x85,
    NotAuthorized = 0x87,
    ServerUnavailable = 0x88,
    ServerBusy = 0x89,
    ServerShuttingDown = 0x8B,
    BadAuthenticationMethod = 0x8C,
    KeepAliveTimeout = 0x8D,
    SessionTakenOver = 0x8E,
    TopicFilterInvalid = 0x8F,
    TopicNameInvalid = 0x90,
    PacketIdentifierNotFound = 0x92,
    ReceiveMaximumExceeded = 0x93,
    TopicAliasInvalid = 0x94,
    PacketTooLarge = 0x95,
    QuotaExceeded = 0x97,
    PayloadFormatInvalid = 0x99,
    SharedSubscriptionsNotSupported = 0x9E,
}
