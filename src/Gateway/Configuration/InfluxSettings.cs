using IoTGateway.Storage.Influx;

namespace IoTGateway.Configuration;

/// <summary>InfluxDB; on as soon as <see cref="Url"/> is set.</summary>
internal sealed class InfluxSettings
{
    /// <summary>The generation of the server: 1, 2 or 3; default 1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Its address, for example <c>http://127.0.0.1:8086</c>. Default: none, InfluxDB is off.</summary>
    public string? Url { get; init; }

    /// <summary>The database. Default: vitals.</summary>
    public string Database { get; init; } = "vitals";

    /// <summary>The organization of InfluxDB 2. Default: none.</summary>
    public string? Org { get; init; }

    /// <summary>The bucket of InfluxDB 2. Default: what <see cref="Database"/> says.</summary>
    public string? Bucket { get; init; }

    /// <summary>The measurement. Default: vitals.</summary>
    public string Measurement { get; init; } = "vitals";

    /// <summary>For InfluxDB 1 <c>user:password</c>, for 2 and 3 a token, where the server asks for one; better given as <c>IoTGateway__Storage__Influx__Token</c> than in a file.</summary>
    public string? Token { get; init; }

    /// <summary>
    /// Where the log is read from the first time: <c>oldest</c> (the default), <c>newest</c>, or a time such as <c>2026-11-22T12:00:00Z</c>.
    /// </summary>
    public string From { get; init; } = "oldest";

    /// <summary>The same as the writer wants it.</summary>
    public InfluxOptions ToOptions(Uri url) => new()
    {
        Version = Version,
        Url = url,
        Database = Database,
        Org = Org,
        Bucket = Bucket,
        Measurement = Measurement,
        Token = string.IsNullOrEmpty(Token) ? null : Token,
    };
}
