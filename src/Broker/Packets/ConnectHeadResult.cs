namespace IoTGateway.Broker.Packets;

/// <summary>What the first fields of a CONNECT say.</summary>
internal enum ConnectHeadResult
{
    /// <summary>It is MQTT 3.1.1 or 5.</summary>
    Read = 0,

    /// <summary>It is no CONNECT of any version.</summary>
    Malformed = 1,

    /// <summary>It is MQTT of a version that is not spoken here.</summary>
    OtherVersion = 2,
}
