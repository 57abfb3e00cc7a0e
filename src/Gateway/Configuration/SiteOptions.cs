namespace IoTGateway.Configuration;

/// <summary>The hospital.</summary>
internal sealed class SiteOptions
{
    /// <summary>The IANA name of the time zone people see, for example <c>Europe/Berlin</c>. Default: the machine's.</summary>
    public string TimeZone { get; init; } = TimeZoneInfo.Local.Id;

    /// <summary>The name shown on the board. Default: IoTGateway.</summary>
    public string Name { get; init; } = "IoTGateway";

    /// <summary>How many devices that are in no census the rules follow, the first ones that come. 0 to 100,000; default 1,000.</summary>
    public int UnassignedDevices { get; init; } = 1_000;
}
