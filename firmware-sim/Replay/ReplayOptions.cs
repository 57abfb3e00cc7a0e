using IoTGateway.FirmwareSim.Device;

namespace IoTGateway.FirmwareSim.Replay;

/// <summary>How a recording is replayed.</summary>
public sealed record ReplayOptions
{
    /// <summary>How many times faster than recorded, above 0; null (the default): as fast as it goes.</summary>
    public double? Speed { get; init; }

    /// <summary>Which time the readings carry; by default the last is now.</summary>
    public ReplayStart Start { get; init; } = ReplayStart.EndsNow;

    /// <summary>The delivery promise of each reading; by default QoS 1.</summary>
    public DeliveryQuality Quality { get; init; } = DeliveryQuality.AtLeastOnce;

    /// <summary>What stands before each patient to make the device's name; by default nothing.</summary>
    public string DevicePrefix { get; init; } = "";

    /// <summary>
    /// How many patients are connected at once, at least 1. As fast as it goes, the others wait for their turn; at a set speed a recording
    /// with more patients is refused, because their readings would come late.
    /// </summary>
    public int Connections { get; init; } = 64;

    /// <summary>What holds for every device: host, port, window and so on. Client id and retry seed are set for each.</summary>
    public DeviceClientOptions Device { get; init; } = new() { ClientId = "replay" };
}
