namespace IoTGateway.Storage.Influx;

/// <summary>Which InfluxDB gets the readings, and how they are sent.</summary>
public sealed class InfluxOptions
{
    /// <summary>The server's generation: 1. (2 and 3 speak another dialect of the same protocol.)</summary>
    public int Version { get; init; } = 1;

    /// <summary>The server's address without <c>/write</c>, for example <c>http://influx.hospital.local:8086</c>.</summary>
    public required Uri Url { get; init; }

    /// <summary>The database; it must exist: InfluxDB 1 makes none when written to.</summary>
    public required string Database { get; init; }

    /// <summary>The retention policy; null: the database's default.</summary>
    public string? RetentionPolicy { get; init; }

    /// <summary>For InfluxDB 1: <c>user:password</c>; null where the server asks for none.</summary>
    public string? Token { get; init; }

    /// <summary>The measurement. Default <c>vitals</c>.</summary>
    public string Measurement { get; init; } = "vitals";

    /// <summary>Readings of one request at most. 1 to 100,000; default 5,000.</summary>
    public int LinesAtMost { get; init; } = 5_000;

    /// <summary>Size of one request before compression; a request may be one line larger. Bytes, 1 KiB to 20 MiB; default 2 MiB.</summary>
    public int RequestSizeBytesAtMost { get; init; } = 2 << 20;

    /// <summary>Readings wait at most this long to be sent together. 0 to 5 min; default 1 s.</summary>
    public TimeSpan GatherAtMost { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A request that is not answered in this time has failed, and is tried again. 1 s to 5 min; default 10 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The longest first delay after a failure; it doubles with each further one. 10 ms to 1 min; default 1 s.</summary>
    public TimeSpan RetryDelayFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay between tries. At least the first; default 1 min.</summary>
    public TimeSpan RetryDelayAtMost { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What is wrong with the options, each in one sentence; empty if nothing is.</summary>
    public IReadOnlyList<string> Errors()
    {
        var errors = new List<string>();
        Require(Version == 1, $"Storage:Influx:Version is {Version}; this gateway speaks to version 1.");
        Require(Url.IsAbsoluteUri && Url.Scheme is "http" or "https", "Storage:Influx:Url must begin with http:// or https://.");
        Require(Url.IsAbsoluteUri && Url.UserInfo.Length == 0, "Storage:Influx:Url must hold no password; set Storage:Influx:Token to user:password.");
        Require(Database.Length > 0, "Storage:Influx:Database must name a database.");
        Require(Token is null || Token.Contains(':', StringComparison.Ordinal), "Storage:Influx:Token must be user:password for InfluxDB 1.");
        Require(Measurement.Length > 0, "The measurement must have a name.");
        Require(LinesAtMost is >= 1 and <= 100_000, "The lines of a request must be 1 to 100,000.");
        Require(RequestSizeBytesAtMost is >= 1 << 10 and <= 20 << 20, "The size of a request must be 1 KiB to 20 MiB.");
        Require(GatherAtMost >= TimeSpan.Zero && GatherAtMost <= TimeSpan.FromMinutes(5), "Readings may be gathered for 0 to 5 minutes.");
        Require(Timeout >= TimeSpan.FromSeconds(1) && Timeout <= TimeSpan.FromMinutes(5), "The timeout must be 1 s to 5 min.");
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
