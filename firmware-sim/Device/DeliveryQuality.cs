namespace IoTGateway.FirmwareSim.Device;

/// <summary>The delivery promise of a PUBLISH (MQTT's QoS level). QoS 0 is left out: a device that keeps what was not acknowledged has no use for it.</summary>
public enum DeliveryQuality
{
    /// <summary>QoS 1: kept until PUBACK; may arrive twice.</summary>
    AtLeastOnce = 1,

    /// <summary>QoS 2: kept until PUBCOMP; arrives once as long as the receiver keeps the session.</summary>
    ExactlyOnce = 2,
}
