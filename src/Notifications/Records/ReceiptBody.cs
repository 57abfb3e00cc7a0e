namespace IoTGateway.Notifications.Records;

/// <summary>The JSON of a receipt in the log.</summary>
internal sealed class ReceiptBody
{
    public int V { get; init; }

    public string Key { get; init; } = "";

    public string Channel { get; init; } = "";

    public string State { get; init; } = "";

    public long At { get; init; }

    public string Reason { get; init; } = "";

    public bool MayHaveArrived { get; init; }
}
