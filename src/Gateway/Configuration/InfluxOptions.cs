namespace IoTGateway.Configuration;

/// <summary>InfluxDB; on as soon as <see cref="Url"/> is set.</summary>
internal sealed class InfluxOptions
{
    /// <summary>The generation of the server. Only 1 so far; default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Its address, for example <c>http://127.0.0.1:8086</c>. Default: none, InfluxDB is off.</summary>
    public string? Url { get; init; }

    /// <summary>The database. Default: vitals.</summary>
    public string Database { get; init; } = "vitals";

    /// <summary>The user, where the server asks for one.</summary>
    public string? User { get; init; }

    /// <summary>The password; better given as <c>IoTGateway__Storage__Influx__Password</c> than in a file.</summary>
    public string? Password { get; init; }
}
