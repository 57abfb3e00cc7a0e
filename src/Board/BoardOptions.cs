namespace IoTGateway.Board;

/// <summary>What a site can set for its board.</summary>
public sealed class BoardOptions
{
    /// <summary>The time zone in which people at the site read times, as an IANA id such as <c>Europe/Berlin</c>. Default: UTC.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>What the page is called in its title and, where there is more than one ward, in its header. 1 to 60 characters. Default: "Ward board".</summary>
    public string DisplayName { get; set; } = "Ward board";

    /// <summary>How many pages may follow the live stream at once; further ones are answered 503. 1 to 10,000. Default: 200.</summary>
    public int StreamsMost { get; set; } = 200;
}
