using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Files;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Notifications;

/// <summary>The escalation and the channels, running. When one of its parts fails it stops and says why; the others go on.</summary>
public sealed partial class NotificationService : IEscalations, IAsyncDisposable
{
    private readonly DurableLog _log;
    private readonly Escalator _escalator;
    private readonly NotificationServiceOptions _options;
    private readonly ILogger _logger;
    private readonly ChannelSet _channels;
    private readonly Heartbeat _heartbeat;
    private readonly NotificationMeter _meter;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _proposals = new();
    private Task _running = Task.CompletedTask;
    private NotificationRulesRecord? _proposed;
    private bool _isInForce;
    private volatile Exception? _failure;
    private volatile IReadOnlyList<string> _fileErrors = [];
    private bool _disposed;

    /// <summary>Prepares; nothing is sent before <see cref="StartAsync"/>.</summary>
    /// <param name="log">The log.</param>
    /// <param name="escalator">The escalation; from here on owned by this service.</param>
    /// <param name="notificationRules">The files in force, as recovered.</param>
    /// <param name="censusWards">The wards of the census as of now; from any thread.</param>
    /// <param name="notReady">Why people cannot rely on the gateway at present, for the heartbeat; from any thread.</param>
    /// <param name="options">How to run.</param>
    /// <param name="disk">Where side files are.</param>
    /// <param name="random">Makes the chance of retries.</param>
    /// <param name="logger">The life cycle and failures; never patient data.</param>
    public NotificationService(
        DurableLog log,
        Escalator escalator,
        NotificationRulesProjection notificationRules,
        Func<IReadOnlyCollection<string>> censusWards,
        Func<IReadOnlyList<string>> notReady,
        NotificationServiceOptions options,
        IDisk disk,
        Func<Random> random,
        ILogger<NotificationService> logger)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(escalator);
        ArgumentNullException.ThrowIfNull(notificationRules);
        ArgumentNullException.ThrowIfNull(options);
        _log = log;
        _escalator = escalator;
        _options = options;
        _logger = logger;
        _censusWards = censusWards;
        _proposed = notificationRules.Last;
        _channels = new ChannelSet(log, escalator.Look, () => options.Zone, options.ParkedDirectory, disk, random, logger);
        _heartbeat = new Heartbeat(() => escalator.Plan, notReady, log.Clock, log.Clock.GetWallClockNow, logger);
        _meter = new NotificationMeter(this);
    }

    /// <summary>Why the escalation has stopped; null while it works.</summary>
    public Exception? Failure => _failure;

    /// <summary>The channels that have stopped, with the failure.</summary>
    public IReadOnlyList<(string Channel, Exception Failure)> StoppedChannels =>
        [.. _channels.All.Where(channel => channel.Failure is not null).Select(channel => (channel.Settings.Name, channel.Failure!))];

    /// <summary>The plan in force; null while there is none.</summary>
    public NotificationPlan? Plan => _escalator.Plan;

    /// <summary>The runners of the channels, for those who show and steer the queues.</summary>
    public IReadOnlyList<Queue.Draining.SinkRunner> Runners => [.. _channels.All.SelectMany(channel => channel.Runners)];

    /// <summary>Opens the channels of the plan in force and begins.</summary>
    public async Task StartAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        await FollowPlanAsync().ConfigureAwait(false);
        _escalator.PlanChanged = () => FollowPlanAsync().GetAwaiter().GetResult();
        _running = Task.WhenAll(Task.Run(() => RunAsync(_stop.Token), CancellationToken.None), Task.Run(() => _heartbeat.RunAsync(_stop.Token), CancellationToken.None));
    }

    /// <summary>
    /// The files on disk. If they are without errors and other than what is in force, they are recorded and come into force; with errors, what is in force
    /// stays.
    /// </summary>
    /// <returns>The commit of what was recorded; null if there was nothing to record.</returns>
    public Commit? Propose(RuleFile roster, RuleFile notifications)
    {
        var result = NotificationFiles.Load(roster, notifications, _options.Zone, KnownNames.Nothing, withSecrets: true);
        foreach (var warning in result.Diagnostics.Where(diagnostic => !diagnostic.IsError))
        {
            _logger.FileWarning(warning.ToString());
        }

        if (result.Plan is null)
        {
            ReportErrors([.. result.Diagnostics.Where(diagnostic => diagnostic.IsError).Select(diagnostic => diagnostic.ToString())]);
            return null;
        }

        _fileErrors = [];
        return Record(new NotificationRulesRecord(Instant.Now(_log.Clock), roster, notifications));
    }

    /// <summary>No files are configured: nothing is in force any more.</summary>
    public Commit? ProposeNothing() => Record(new NotificationRulesRecord(Instant.Now(_log.Clock), null, null));

    /// <summary>The files cannot be read or have errors; what is in force stays.</summary>
    public void ReportErrors(IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        _fileErrors = errors;
        _logger.FilesInvalid(errors.Count, errors[0]);
    }

    /// <summary>Stops, and closes the consumers. To be called before the log is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        await _channels.DisposeAsync().ConfigureAwait(false);
        _escalator.Dispose();
        _heartbeat.Dispose();
        _meter.Dispose();
        _stop.Dispose();
    }

    private Commit? Record(NotificationRulesRecord record)
    {
        lock (_proposals)
        {
            if (record.SaysTheSame(_proposed) || (_proposed is null && record.Roster is null))
            {
                return null;
            }

            _proposed = record;
            return _log.Append(RecordKind.NotificationRules, topic: null, record.Write());
        }
    }

    private async Task FollowPlanAsync()
    {
        var plan = _escalator.Plan;
        await _channels.FollowAsync(plan).ConfigureAwait(false);
        if (plan is not null)
        {
            _isInForce = true;
            _logger.PlanInForce(plan.Wards.Count, plan.People.Count, plan.Channels.Count, plan.Routes.Length);
        }
        else if (_isInForce)
        {
            _isInForce = false;
            _logger.PlanGone();
        }
    }

    private async Task RunAsync(CancellationToken stop)
    {
        try
        {
            await ConsumeUntilStoppedAsync(stop).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            _logger.EscalationStopped(failure);
            _failure = failure;
        }
    }

    private async Task ConsumeUntilStoppedAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_options.Escalation.TickInterval, _log.Clock);
        Task<bool>? tick = null;
        Task? more = null;
        try
        {
            while (true)
            {
                var end = _log.End;
                _escalator.ConsumeAll(stop);
                if (_log.Failure is { } failure)
                {
                    throw failure;
                }

                // Both are kept until they complete: waiting must leave nothing behind.
                more = more is null or { IsCompleted: true } ? _log.WaitBeyondAsync(end, stop) : more;
                tick = tick is null or { IsCompleted: true } ? timer.WaitForNextTickAsync(stop).AsTask() : tick;
                await Task.WhenAny(more, tick).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop, between two frames.
        }
    }
}
