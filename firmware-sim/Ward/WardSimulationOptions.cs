using IoTGateway.FirmwareSim.Device;

namespace IoTGateway.FirmwareSim.Ward;

/// <summary>A simulated ward.</summary>
public sealed record WardSimulationOptions
{
    /// <summary>The gateway's host name or address.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The gateway's MQTT port, 1 to 65535.</summary>
    public int Port { get; init; } = 1883;

    /// <summary>How many beds, each with its monitor and its connection: 1 to 1,000.</summary>
    public int Beds { get; init; } = 8;

    /// <summary>Decides the patients and what happens to them.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The delivery promise of each reading.</summary>
    public DeliveryQuality Quality { get; init; } = DeliveryQuality.AtLeastOnce;

    /// <summary>What stands before the bed's number to make the device's name.</summary>
    public string DevicePrefix { get; init; } = "monitor-";

    /// <summary>How long it runs; null: until it is cancelled.</summary>
    public TimeSpan? Duration { get; init; }

    /// <summary>After how long without a working connection it fails; null: the monitors try for ever.</summary>
    public TimeSpan? GiveUpAfter { get; init; }

    /// <summary>Told of each connection made and lost. Called from the devices' own tasks; must not block.</summary>
    public Action<DeviceConnectionReport>? OnConnection { get; init; }

    /// <summary>The name of the device at a bed, from 1.</summary>
    public string DeviceName(int bed) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{DevicePrefix}{bed}");
}
