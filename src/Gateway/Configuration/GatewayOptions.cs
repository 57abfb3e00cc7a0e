namespace IoTGateway.Configuration;

/// <summary>Everything that can be configured: by file, by environment (<c>IoTGateway__Mqtt__Listen</c>) and by command line, the later winning.</summary>
internal sealed class GatewayOptions
{
    /// <summary>Where devices and subscribers connect.</summary>
    public MqttOptions Mqtt { get; init; } = new();

    /// <summary>Where the board is.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>The hospital.</summary>
    public SiteOptions Site { get; init; } = new();

    /// <summary>The durable log.</summary>
    public QueueOptions Queue { get; init; } = new();

    /// <summary>Where time series go.</summary>
    public StorageOptions Storage { get; init; } = new();

    /// <summary>What is kept of alerts beyond the log.</summary>
    public ArchiveSettings Archive { get; init; } = new();

    /// <summary>The log, its checkpoints and the built-in store. A directory, made if absent; default <c>data</c> in the working directory.</summary>
    public string DataDirectory { get; init; } = "data";

    /// <summary>The rule files. A directory; default: the shipped rules beside the program.</summary>
    public string RulesDirectory { get; init; } = Path.Combine(AppContext.BaseDirectory, "rules");

    /// <summary>Who is where: a YAML file that is imported at start and whenever it changes. Default: none; every device is its own patient.</summary>
    public string? CensusFile { get; init; }

    /// <summary>
    /// Who is on which shift: a YAML file that is read at start and whenever it changes; only together with <see cref="NotificationsFile"/>. Default: none;
    /// nobody is told but by the board and MQTT.
    /// </summary>
    public string? RosterFile { get; init; }

    /// <summary>Who is told of which alerts, and over which channels: a YAML file that is read at start and whenever it changes. Default: none.</summary>
    public string? NotificationsFile { get; init; }

    /// <summary>Whether anybody is told but by the board and MQTT.</summary>
    internal bool HasNotifications => RosterFile is { Length: > 0 } && NotificationsFile is { Length: > 0 };
}
