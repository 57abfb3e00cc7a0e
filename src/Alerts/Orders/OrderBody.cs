namespace IoTGateway.Alerts.Orders;

/// <summary>The JSON of an order in the log; see <see cref="OrderRecord"/>.</summary>
internal sealed record OrderBody
{
    public int V { get; init; }

    public string? By { get; init; }

    public string? Request { get; init; }

    public string? Kind { get; init; }

    public string? Alert { get; init; }

    public string? Episode { get; init; }

    public string? Ward { get; init; }

    public string? AlertKind { get; init; }

    public string? Patient { get; init; }

    public string? Limit { get; init; }

    public double? Value { get; init; }

    public long? For { get; init; }

    public string? Reason { get; init; }
}
