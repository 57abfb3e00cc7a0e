namespace IoTGateway.Notifications.Records;

/// <summary>The JSON of one alert of a page.</summary>
internal sealed class PageItemBody
{
    public string Episode { get; init; } = "";

    public string AlertId { get; init; } = "";

    public long Call { get; init; }

    public string Alert { get; init; } = "";

    public string Priority { get; init; } = "";

    public string Kind { get; init; } = "";

    public string State { get; init; } = "";

    public long Since { get; init; }

    public string Value { get; init; } = "";

    public string Limit { get; init; } = "";

    public string Message { get; init; } = "";

    public string Reason { get; init; } = "";
}
