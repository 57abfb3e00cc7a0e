namespace IoTGateway.Broker.Packets;

/// <summary>The identifiers of the properties a client may send (MQTT 5, 2.2.2.2).</summary>
internal static class Property
{
    public const byte PayloadFormat = 0x01;
    public const byte MessageExpiry = 0x02;
    public const byte ContentType = 0x03;
    public const byte ResponseTopic = 0x08;
    public const byte CorrelationData = 0x09;
    public const byte SubscriptionIdentifier = 0x0B;
    public const byte SessionExpiry = 0x11;
    public const byte AuthenticationMethod = 0x15;
    public const byte AuthenticationData = 0x16;
    public const byte RequestProblemInformation = 0x17;
    public const byte WillDelay = 0x18;
    public const byte RequestResponseInformation = 0x19;
    public const byte ReasonString = 0x1F;
    public const byte ReceiveMaximum = 0x21;
    public const byte TopicAliasMaximum = 0x22;
    public const byte TopicAlias = 0x23;
    public const byte UserProperty = 0x26;
    public const byte MaximumPacketSize = 0x27;
}
