namespace IoTGateway.Notifications.Records;

/// <summary>The JSON of a page in the log.</summary>
internal sealed class PageBody
{
    public int V { get; init; }

    public string Form { get; init; } = "";

    public string Key { get; init; } = "";

    public long Number { get; init; }

    public string Type { get; init; } = "";

    public int Stage { get; init; }

    public string Role { get; init; } = "";

    public string Person { get; init; } = "";

    public string Name { get; init; } = "";

    public string Channel { get; init; } = "";

    public string Address { get; init; } = "";

    public string Ward { get; init; } = "";

    public string Patient { get; init; } = "";

    public string Bed { get; init; } = "";

    public long Queued { get; init; }

    public bool TellWhenOver { get; init; }

    public string InsteadOf { get; init; } = "";

    public PageItemBody[] Items { get; init; } = [];
}
