namespace IoTGateway.Broker.Topics;

/// <summary>What the gateway does with a message that a client publishes to a topic.</summary>
internal enum TopicUse
{
    /// <summary>Not a topic name at all: empty, with a wildcard or U+0000, not UTF-8. A protocol error.</summary>
    Malformed = 0,

    /// <summary>A device topic whose device level is empty or too long.</summary>
    Invalid = 1,

    /// <summary>The gateway's own: nobody else publishes there.</summary>
    Forbidden = 2,

    /// <summary>Readings of a device.</summary>
    Reading = 3,

    /// <summary>Birth, will or state of a device.</summary>
    DeviceStatus = 4,

    /// <summary>A person acknowledges an alert.</summary>
    Acknowledgement = 5,

    /// <summary>Any other topic.</summary>
    Ordinary = 6,
}
