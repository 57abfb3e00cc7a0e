using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Device;

/// <summary>The retained messages in which a device tells its own state on <c>devices/{device}/status</c>, QoS 1.</summary>
internal static class DeviceStatus
{
    /// <summary>The payload of the birth message, sent on every connection.</summary>
    public static ReadOnlySpan<byte> OnlinePayload => """{"state":"online","fw":"sim"}"""u8;

    /// <summary>The payload of the last will and of the orderly end.</summary>
    public static ReadOnlySpan<byte> OfflinePayload => """{"state":"offline","fw":"sim"}"""u8;

    /// <summary>The birth message.</summary>
    public static StoredMessage Online(string device) => Message(device, OnlinePayload);

    /// <summary>The message of an orderly end; the will is not sent then.</summary>
    public static StoredMessage Offline(string device) => Message(device, OfflinePayload);

    private static StoredMessage Message(string device, ReadOnlySpan<byte> payload) =>
        new(DeviceTopic.Status(device), payload.ToArray(), DeliveryQuality.AtLeastOnce, retain: true) { IsStatus = true };
}
