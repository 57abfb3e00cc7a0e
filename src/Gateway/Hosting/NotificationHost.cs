using IoTGateway.Alerts;
using IoTGateway.Configuration;
using IoTGateway.Notifications;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Hosting;

/// <summary>The escalation and its channels as configured; reads the roster and the notification rules at start and whenever they change.</summary>
internal sealed class NotificationHost : IAsyncDisposable
{
    private static readonly TimeSpan RulesBehindAtMost = TimeSpan.FromSeconds(5);

    private readonly GatewayOptions _options;
    private readonly FileChangeWatch? _watch;
    private AlertService? _alerts;

    public NotificationHost(
        GatewayOptions options, DurableLog log, EscalationLedger escalations, NotificationRulesProjection rules, RuleSetProjection ruleSets, AlertLedger alerts,
        TimeProvider clock, ILoggerFactory loggers)
    {
        _options = options;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(options.Site.TimeZone);
        var settings = new NotificationServiceOptions { ParkedDirectory = DataLayout.Parked(options.DataDirectory), Zone = zone };
        Service = new NotificationService(
            log, new Escalator(log, escalations, rules, ruleSets, alerts, zone, settings.Escalation), rules, CensusWards, NotReady, settings, new RealDisk(), NewRandom,
            loggers.CreateLogger<NotificationService>());
        _watch = options.HasNotifications ? new FileChangeWatch(() => [options.RosterFile!, options.NotificationsFile!], clock) : null;
    }

    public NotificationService Service { get; }

    /// <summary>Reads the files and begins to tell people.</summary>
    public async Task StartAsync(AlertService alerts)
    {
        _alerts = alerts;
        if (_watch is null)
        {
            Service.ProposeNothing();
        }

        await Service.StartAsync();
        _watch?.Start(Load);
    }

    public async ValueTask DisposeAsync()
    {
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        await Service.DisposeAsync();
    }

    private void Load()
    {
        try
        {
            Service.Propose(Read(_options.RosterFile!), Read(_options.NotificationsFile!));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Service.ReportErrors([$"The file cannot be read: {failure.Message}"]);
        }
    }

    private static RuleFile Read(string path) => new(path, File.ReadAllText(path));

    private IReadOnlyCollection<string> CensusWards() => _alerts is null
        ? []
        : [.. _alerts.Snapshot().Tiles.Where(tile => tile.Bed.Length > 0 && tile.Ward != Assignment.UnassignedWard).Select(tile => tile.Ward).Distinct()];

    /// <summary>What the heartbeat says: whether people can rely on being warned.</summary>
    private List<string> NotReady()
    {
        if (_alerts is not { } alerts)
        {
            return ["The gateway is starting."];
        }

        var snapshot = alerts.Snapshot();
        List<string> reasons = [.. Service.NotReady];
        if (alerts.Failure is not null || Service.Failure is not null)
        {
            reasons.Add("A part of the gateway has stopped; the log has the details.");
        }

        if (snapshot.RuleSet.Length == 0)
        {
            reasons.Add("There are no valid rules.");
        }

        if (!snapshot.AlertsComplete || snapshot.RulesBehind > RulesBehindAtMost)
        {
            reasons.Add("The rules are behind.");
        }

        return reasons;
    }

    /// <summary>Spreads retries in time; seeded by the system, so that several gateways do not knock together.</summary>
    private static Random NewRandom() => new(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue));
}
