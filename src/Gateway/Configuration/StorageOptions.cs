namespace IoTGateway.Configuration;

/// <summary>Where time series go; both may be on at once.</summary>
internal sealed class StorageOptions
{
    /// <summary>The store that needs no server.</summary>
    public BuiltInOptions BuiltIn { get; init; } = new();

    /// <summary>InfluxDB.</summary>
    public InfluxSettings Influx { get; init; } = new();
}
