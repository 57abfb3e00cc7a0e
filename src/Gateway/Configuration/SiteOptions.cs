namespace IoTGateway.Configuration;

/// <summary>The hospital.</summary>
internal sealed class SiteOptions
{
    /// <summary>The IANA name of the time zone people see, for example <c>Europe/Berlin</c>. Default: the machine's.</summary>
    public string TimeZone { get; init; } = TimeZoneInfo.Local.Id;

    /// <summary>The name shown on the board. Default: IoTGateway.</summary>
    public string Name { get; init; } = "IoTGateway";
}
