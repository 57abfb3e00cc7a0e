namespace IoTGateway.FirmwareSim.Device;

/// <summary>The version of MQTT a device speaks.</summary>
public enum DeviceProtocol
{
    /// <summary>MQTT 3.1.1, protocol level 4.</summary>
    Mqtt311 = 4,

    /// <summary>MQTT 5.0, protocol level 5.</summary>
    Mqtt5 = 5,
}
