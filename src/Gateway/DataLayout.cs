namespace IoTGateway;

/// <summary>What stands where in the data directory.</summary>
internal static class DataLayout
{
    /// <summary>The durable log.</summary>
    public static string Log(string dataDirectory) => Path.Combine(dataDirectory, "log");

    /// <summary>The built-in store's day files.</summary>
    public static string Store(string dataDirectory) => Path.Combine(dataDirectory, "store");

    /// <summary>The archive of alerts, people's acts and who was where.</summary>
    public static string Archive(string dataDirectory) => Path.Combine(dataDirectory, "archive");

    /// <summary>The side files of the sinks: readings that they refused and that are tried again.</summary>
    public static string Parked(string dataDirectory) => Path.Combine(dataDirectory, "parked");

    /// <summary>How far <c>store copy</c> has come.</summary>
    public static string CopyPlace(string dataDirectory) => Path.Combine(dataDirectory, "copy.db");

    /// <summary>Where the queue commands reach the running gateway.</summary>
    public static string ControlSocket(string dataDirectory) => Path.Combine(dataDirectory, "control.socket");
}
