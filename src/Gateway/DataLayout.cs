namespace IoTGateway;

/// <summary>What stands where in the data directory.</summary>
internal static class DataLayout
{
    /// <summary>The durable log.</summary>
    public static string Log(string dataDirectory) => Path.Combine(dataDirectory, "log");

    /// <summary>The built-in store's day files.</summary>
    public static string Store(string dataDirectory) => Path.Combine(dataDirectory, "store");
}
