namespace IoTGateway.Storage.Influx;

/// <summary>Which InfluxDB gets the readings, and how they are sent.</summary>
public sealed record InfluxOptions
{
    /// <summary>The server's generation: 1, 2 or 3. What the server says of itself is held against it.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The server's address without <c>/write</c>, for example <c>http://influx.hospital.local:8086</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The database. InfluxDB 1 makes none when written to, so there it must exist; InfluxDB 3 makes it. For InfluxDB 2 the bucket, where none is set.</summary>
    public required string Database { get; init; }

    /// <summary>For InfluxDB 2: the organization, by name or id; needed there.</summary>
    public string? Org { get; init; }

    /// <summary>For InfluxDB 2: the bucket, by name or id, which must exist; null: <see cref="Database"/>.</summary>
    public string? Bucket { get; init; }

    /// <summary>The retention policy; null: the database's default.</summary>
    public string? RetentionPolicy { get; init; }

    /// <summary>For InfluxDB 1 <c>user:password</c>, for 2 and 3 a token; null where the server asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>The measurement. Default <c>vitals</c>.</summary>
    public string Measurement { get; init; } = "vitals";

    /// <summary>Requests under way at the same time at most; the readings of a device are always sent one after another. 1 to 16; default 4.</summary>
    public int RequestsAtMost { get; init; } = 4;

    /// <summary>Readings of one request at most. 1 to 100,000; default 5,000.</summary>
    public int LinesAtMost { get; init; } = 5_000;

    /// <summary>Size of one request before compression; a request may be one line larger. Bytes, 1 KiB to 8 MiB (InfluxDB 3 takes 10 MiB before compression); default 2 MiB.</summary>
    public int RequestSizeBytesAtMost { get; init; } = 2 << 20;

    /// <summary>Readings wait at most this long to be sent together. 0 to 5 min; default 1 s.</summary>
    public TimeSpan GatherAtMost { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A request that is not answered in this time has failed, and is tried again. 1 s to 5 min; default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A question that is not answered in this time has failed. 1 s to 5 min; default 30 s.</summary>
    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest first delay after a failure; it doubles with each further one. 10 ms to 1 min; default 1 s.</summary>
    public TimeSpan RetryDelayFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between tries. At least the first; default 1 min.</summary>
    public TimeSpan RetryDelayAtMost { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What is written to: the bucket of InfluxDB 2, the database of the others.</summary>
    internal string Target => Version == 2 && Bucket is { Length: > 0 } ? Bucket : Database;

    /// <summary>Which server and what is written to there, in words; another one has another name.</summary>
    public string TargetName =>
        $"InfluxDB {Version} at {Url.GetLeftPart(UriPartial.Path).TrimEnd('/')}, {(Version == 2 ? $"bucket {Target} of {Org}" : $"database {Target}{(RetentionPolicy is null ? "" : "." + RetentionPolicy)}")}, measurement {Measurement}";

    /// <summary>What is wrong with the options, each in one sentence; empty if nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        var errors = new List<string>();
        Require(Version is >= 1 and <= 3, $"Storage:Influx:Version is {Version}; it must be 1, 2 or 3.");
        Require(Url.IsAbsoluteUri && Url.Scheme is "http" or "https", "Storage:Influx:Url must begin with http:// or https://.");
        Require(Url.IsAbsoluteUri && Url.UserInfo.Length == 0, "Storage:Influx:Url must hold no password; set Storage:Influx:Token to user:password.");
        Require(Target.Length > 0, Version == 2 ? "Storage:Influx:Bucket must name a bucket." : "Storage:Influx:Database must name a database.");
        Require(Version != 2 || Org is { Length: > 0 }, "Storage:Influx:Org must name the organization for InfluxDB 2.");
        Require(Version != 2 || RetentionPolicy is null, "A retention policy can only be named for InfluxDB 1.");
        Require(Version != 1 || Token is null || Token.Contains(':', StringComparison.Ordinal), "Storage:Influx:Token must be user:password for InfluxDB 1.");
        Require(Measurement.Length > 0, "The measurement must have a name.");
        Require(RequestsAtMost is >= 1 and <= 16, "The requests at the same time must be 1 to 16.");
        Require(LinesAtMost is >= 1 and <= 100_000, "The lines of a request must be 1 to 100,000.");
        Require(RequestSizeBytesAtMost is >= 1 << 10 and <= 8 << 20, "The size of a request must be 1 KiB to 8 MiB.");
        Require(GatherAtMost >= TimeSpan.Zero && GatherAtMost <= TimeSpan.FromMinutes(5), "Readings may be gathered for 0 to 5 minutes.");
        Require(Timeout >= TimeSpan.FromSeconds(1) && Timeout <= TimeSpan.FromMinutes(5), "The timeout must be 1 s to 5 min.");
        Require(QueryTimeout >= TimeSpan.FromSeconds(1) && QueryTimeout <= TimeSpan.FromMinutes(5), "The timeout of questions must be 1 s to 5 min.");
        Require(RetryDelayFirst >= TimeSpan.FromMilliseconds(10) && RetryDelayFirst <= TimeSpan.FromMinutes(1), "The first retry delay must be 10 ms to 1 min.");
        Require(RetryDelayAtMost >= RetryDelayFirst, "The longest retry delay must not be below the first.");
        return errors;

        void Require(bool holds, string error)
        {
            if (!holds)
            {
                errors.Add(error);
            }
        }
    }
}
