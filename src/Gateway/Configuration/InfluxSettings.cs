using IoTGateway.Storage.Influx;

namespace IoTGateway.Configuration;

/// <summary>InfluxDB; on as soon as <see cref="Url"/> is set.</summary>
internal sealed class InfluxSettings
{
    /// <summary>The generation of the server. Only 1 so far; default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Its address, for example <c>http://127.0.0.1:8086</c>. Default: none, InfluxDB is off.</summary>
    public string? Url { get; init; }

    /// <summary>The database. Default: vitals.</summary>
    public string Database { get; init; } = "vitals";

    /// <summary>For InfluxDB 1 <c>user:password</c>, where the server asks for one; better given as <c>IoTGateway__Storage__Influx__Token</c> than in a file.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Where the log is read from the first time: <c>oldest</c> (the default), <c>newest</c>, or a time such as <c>2026-11-22T12:00:00Z</c>.
    /// </summary>
    public string From { get; init; } = "oldest";

    /// <summary>The same as the writer wants it.</summary>
    public InfluxOptions ToOptions(Uri url) => new() { Version = Version, Url = url, Database = Database, Token = string.IsNullOrEmpty(Token) ? null : Token };
}
