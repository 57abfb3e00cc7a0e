using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>Alerts of the gateway itself, which stand in no rule file.</summary>
internal static class BuiltInAlerts
{
    /// <summary>The ward and patient under which the gateway tells of itself.</summary>
    public const string Gateway = "gateway";

    // Somebody who has seen it needs time to find the cause.
    private static readonly TimeSpan UrgentAgain = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Again = TimeSpan.FromHours(4);

    /// <summary>The engine failed on a patient's readings, so nobody watches this patient.</summary>
    public static readonly AlertRule RulesStopped = new()
    {
        Index = -1,
        Name = "Rules stopped for this patient",
        Slug = "rules-stopped-for-this-patient",
        Priority = AlertPriority.High,
        Kind = AlertKind.Technical,
        ReAlarmAfter = UrgentAgain,
        BreaksPause = true,
    };

    /// <summary>Records that were acknowledged cannot be read any more. It stays until somebody has seen it.</summary>
    public static readonly AlertRule Damage = new()
    {
        Index = -1,
        Name = "Stored records are damaged",
        Slug = "stored-records-are-damaged",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
        Latch = true,
    };

    /// <summary>The disk has changed a file, but what it held stands elsewhere too. It stays until somebody has seen it: the next one may not be so harmless.</summary>
    public static readonly AlertRule HarmlessDamage = new()
    {
        Index = -1,
        Name = "A stored file is damaged, nothing is lost",
        Slug = "stored-file-is-damaged",
        Priority = AlertPriority.Low,
        Kind = AlertKind.Technical,
        Latch = true,
    };

    /// <summary>The queue is full: readings are not taken, so nobody watches the patients.</summary>
    public static readonly AlertRule Full = new()
    {
        Index = -1,
        Name = "Readings are refused",
        Slug = "readings-are-refused",
        Priority = AlertPriority.High,
        Kind = AlertKind.Technical,
        ReAlarmAfter = UrgentAgain,
    };

    /// <summary>The rule files cannot be used; what is in force stays. High where nothing is in force: then nobody is monitored.</summary>
    public static readonly AlertRule RuleFilesInvalid = new()
    {
        Index = -1,
        Name = "Rule files invalid",
        Slug = "rule-files-invalid",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
        ReAlarmAfter = Again,
    };

    /// <summary>More devices stand at no bed than the rules follow.</summary>
    public static readonly AlertRule NotFollowed = new()
    {
        Index = -1,
        Name = "Devices are in no census",
        Slug = "devices-are-in-no-census",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
        ReAlarmAfter = Again,
    };

    /// <summary>The machine's clock is behind the times in the log, which are therefore ahead of the true time.</summary>
    public static readonly AlertRule ClockBehind = new()
    {
        Index = -1,
        Name = "Gateway's clock was set back",
        Slug = "gateway-s-clock-was-set-back",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
        ReAlarmAfter = Again,
    };

    /// <summary>The machine's clock has jumped ahead, and all times with it.</summary>
    public static readonly AlertRule ClockJumped = new()
    {
        Index = -1,
        Name = "Gateway's clock jumped ahead",
        Slug = "gateway-s-clock-jumped-ahead",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
    };

    /// <summary>Between two times the gateway took no readings.</summary>
    public static readonly AlertRule Outage = new()
    {
        Index = -1,
        Name = "Gateway was down",
        Slug = "gateway-was-down",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
    };

    /// <summary>An alert of a patient is silenced again and again. It stays until somebody has seen it.</summary>
    public static readonly AlertRule SilencedAgain = new()
    {
        Index = -1,
        Name = "Silenced again and again",
        Slug = "silenced-again-and-again",
        Priority = AlertPriority.Low,
        Kind = AlertKind.Technical,
        Latch = true,
    };

    /// <summary>InfluxDB takes no readings.</summary>
    public static readonly AlertRule InfluxAway = new()
    {
        Index = -1,
        Name = "InfluxDB takes no readings",
        Slug = "influxdb-takes-no-readings",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
        ReAlarmAfter = Again,
    };

    /// <summary>The built-in store stores no readings.</summary>
    public static readonly AlertRule StoreAway = new()
    {
        Index = -1,
        Name = "Readings are not stored",
        Slug = "readings-are-not-stored",
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Technical,
        ReAlarmAfter = Again,
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<AlertRule> All { get; } =
        [RulesStopped, Damage, HarmlessDamage, Full, RuleFilesInvalid, NotFollowed, ClockBehind, ClockJumped, Outage, SilencedAgain, InfluxAway, StoreAway];

    /// <summary>The alert that tells of the place that a consumer stores in.</summary>
    public static AlertRule OfSink(string consumer) => consumer == "influx" ? InfluxAway : StoreAway;
}
