namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>What a server answers.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Words">Its words; empty for none.</param>
internal sealed record Told(int Status, string Words = "")
{
    /// <summary>The lines it names (InfluxDB 3).</summary>
    public IReadOnlyList<RefusedLine> Lines { get; init; } = [];
}
