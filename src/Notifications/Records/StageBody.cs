namespace IoTGateway.Notifications.Records;

/// <summary>The JSON of a stage.</summary>
internal sealed class StageBody
{
    public long AfterMs { get; init; }

    public string Notify { get; init; } = "";
}
