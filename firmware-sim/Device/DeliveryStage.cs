namespace IoTGateway.FirmwareSim.Device;

/// <summary>How far the delivery of one message has come.</summary>
internal enum DeliveryStage
{
    /// <summary>Not sent yet, or to be sent anew as a new message; has no packet id.</summary>
    Waiting = 0,

    /// <summary>PUBLISH sent: PUBACK (QoS 1) or PUBREC (QoS 2) is outstanding.</summary>
    Published = 1,

    /// <summary>QoS 2 only: PUBREC came, PUBCOMP is outstanding.</summary>
    Received = 2,
}
