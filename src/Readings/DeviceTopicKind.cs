namespace IoTGateway.Readings;

/// <summary>What a device topic carries.</summary>
public enum DeviceTopicKind
{
    /// <summary>Not a device topic.</summary>
    None = 0,

    /// <summary>Readings.</summary>
    Vitals = 1,

    /// <summary>Birth, last will, battery, firmware.</summary>
    Status = 2,
}
