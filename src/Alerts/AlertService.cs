using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Commands;
using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Processing;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Alerts.View;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts;

/// <summary>
/// The rules and the alerts, running: the consumer "rules", the consumer "mqtt-alerts", what people see and what they can do. When one of
/// its parts fails it stops, says why, and every tile says NOT MONITORED.
/// </summary>
public sealed class AlertService : IAlertCommands, IOrders, IWardView, IAsyncDisposable
{
    private readonly DurableLog _durableLog;
    private readonly AlertServiceOptions _options;
    private readonly ILogger _log;
    private readonly AlertProcessor _processor;
    private readonly WardView _view;
    private readonly AlertCommands _commands;
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _failed = new();
    private readonly long _startVersion;
    private readonly IReadOnlyList<AlertStatus> _startAlerts;
    private MqttAlertPublisher? _publisher;
    private Task _running = Task.CompletedTask;
    private Exception? _failure;
    private volatile Exception? _rulesFailure;
    private volatile Exception? _publishingFailure;
    private readonly RuleReview _review;
    private readonly CensusCommands _census;
    private bool _disposed;

    /// <summary>
    /// Recovers the state of the rules and opens the consumer "rules", so that the log is kept for it. Nothing runs before <see cref="StartAsync"/>.
    /// </summary>
    /// <param name="durableLog">The log, opened with the projections.</param>
    /// <param name="ledger">The alerts as recovered; from here on owned by this service.</param>
    /// <param name="care">How patients are cared for as recovered; from here on owned by this service.</param>
    /// <param name="ruleSets">The rule sets as recovered.</param>
    /// <param name="census">The censuses as recovered.</param>
    /// <param name="clockOffsets">The clock offsets as recovered.</param>
    /// <param name="observations">The observations as recovered; from here on owned by this service.</param>
    /// <param name="createEngine">Makes an engine without rules; called more than once when a saved state cannot be restored.</param>
    /// <param name="options">How to run.</param>
    /// <param name="log">Takes the life cycle and failures; never patient data.</param>
    public AlertService(
        DurableLog durableLog,
        AlertLedger ledger,
        CareLedger care,
        RuleSetProjection ruleSets,
        CensusProjection census,
        ClockOffsetProjection clockOffsets,
        ObservationProjection observations,
        Func<IRuleEngine> createEngine,
        AlertServiceOptions options,
        ILogger<AlertService> log)
    {
        ArgumentNullException.ThrowIfNull(durableLog);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(care);
        ArgumentNullException.ThrowIfNull(ruleSets);
        ArgumentNullException.ThrowIfNull(census);
        ArgumentNullException.ThrowIfNull(clockOffsets);
        ArgumentNullException.ThrowIfNull(observations);
        ArgumentNullException.ThrowIfNull(createEngine);
        ArgumentNullException.ThrowIfNull(options);
        _durableLog = durableLog;
        _options = options;
        _log = log;
        _processor = new AlertProcessor(durableLog, ledger, care, ruleSets, census, clockOffsets, createEngine, options, log);
        _view = new WardView(_processor, options, durableLog.Clock);
        _commands = new AlertCommands(durableLog, _processor);
        var reader = () => new HostReader(LogView.Of(durableLog), ruleSets.History, CensusBefore, clockOffsets.History, createEngine);
        _review = new RuleReview(
            durableLog, ruleSets.History.Copy(), (before, candidate) => PlanFor(reader().Present(), before, candidate), log);
        _view.Notes = () => _review.Notes;
        _census = new CensusCommands(durableLog, _processor, census.History, log);
        Observations = new ObservationCommands(durableLog, _processor, observations.History);
        _startVersion = ledger.Version;
        _startAlerts = [.. ledger.Alerts];
    }

    /// <summary>Why the rules or the publishing stopped; null while both work.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>Why the rules stopped; null while they work.</summary>
    public Exception? RulesFailure => _rulesFailure;

    /// <summary>Why the publishing by MQTT stopped; null while it works.</summary>
    public Exception? PublishingFailure => _publishingFailure;

    /// <summary>Cancelled when the rules or the publishing have stopped by a failure.</summary>
    public CancellationToken Failed => _failed.Token;

    /// <summary>Begins to consume. Completes when the consumers run; the log may still have to be caught up with.</summary>
    /// <param name="topics">Where alerts are published by MQTT; null for nowhere.</param>
    /// <param name="cancellation">Ends the start.</param>
    public Task StartAsync(IRetainedTopics? topics, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        ObjectDisposedException.ThrowIf(_disposed, this);
        var rules = Task.Run(() => RunRulesAsync(_stop.Token), CancellationToken.None);
        var publishing = Task.CompletedTask;
        if (topics is not null)
        {
            _publisher = new MqttAlertPublisher(_durableLog, topics, _startVersion, _startAlerts);
            publishing = Task.Run(() => RunPublisherAsync(_publisher, _stop.Token), CancellationToken.None);
        }

        _running = Task.WhenAll(rules, publishing);
        return Task.CompletedTask;
    }

    /// <summary>Stops consuming and saves the state of the rules, so that the next start has nothing to read again.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _view.Stop("The gateway is shutting down.");
        StopWaiters(new InvalidOperationException("The gateway is shutting down; what was asked for was not answered."));
        _processor.Consumed.Stop(new InvalidOperationException("The gateway is shutting down; the change is recorded, but was not answered."));
    }

    /// <summary>Stops, and closes the consumers. To be called before the log is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await StopAsync().ConfigureAwait(false);
        _publisher?.Dispose();
        _processor.Dispose();
        _commands.Dispose();
        _stop.Dispose();
        _failed.Dispose();
    }

    /// <summary>
    /// The rule files gave a rule set. It is recorded, and comes into force when the rules reach its record; one that would remove a rule or end an active
    /// alert of high priority waits for approval.
    /// </summary>
    /// <returns>The commit of what was recorded; null if there was nothing to record.</returns>
    public Commit? ProposeRules(RuleSet rules)
    {
        ArgumentNullException.ThrowIfNull(rules);
        return _review.Propose(rules);
    }

    /// <summary>Tells why the rule files on disk cannot be used, which raises a technical alert; empty when they can.</summary>
    public void ReportRuleErrors(IReadOnlyList<string> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        _view.ReportRuleErrors(errors);
        if (errors.Count > 0)
        {
            _review.ReportInvalid(errors);
        }
    }

    /// <summary>Puts the rule set that waits into force. Completes when that is durable.</summary>
    public Task<RuleAnswer> ApproveRulesAsync(string by) => DecideAsync(() => _review.Approve(by));

    /// <summary>The rule set that waits comes to nothing. Completes when that is durable.</summary>
    public Task<RuleAnswer> RefuseRulesAsync(string by) => DecideAsync(() => _review.Refuse(by));

    /// <summary>Puts an older rule set into force, or has it wait for approval if it would end something of weight.</summary>
    /// <param name="version">The beginning of its version.</param>
    /// <param name="by">Who asks for it.</param>
    public Task<RuleAnswer> RollBackRulesAsync(string version, string by) => DecideAsync(() => _review.RollBack(version, by));

    /// <summary>Whether a rule set waits for approval.</summary>
    public bool RulesWait => _review.IsWaiting;

    /// <summary>Who is where, as people change it.</summary>
    public ICensusCommands Census => _census;

    /// <summary>What people observe.</summary>
    public IObservations Observations { get; }

    /// <summary>Records a census, in force from now on, if it differs from the one recorded last.</summary>
    /// <returns>The commit of its record; null if nothing is new.</returns>
    public Commit? ProposeCensus(WardCensus census)
    {
        ArgumentNullException.ThrowIfNull(census);
        return _census.Propose(census);
    }

    /// <summary>
    /// A census file is there. It comes into force at once, unless it was decided upon before; where people have changed the census since the last one, it waits.
    /// </summary>
    /// <param name="census">What it says.</param>
    /// <param name="hash">The SHA-256 of its text in lower-case hex.</param>
    /// <param name="written">When it was written: since then it waits, if it has to.</param>
    /// <returns>The commit of what was recorded; null where nothing was.</returns>
    public Commit? ImportCensus(WardCensus census, string hash, Instant written)
    {
        ArgumentNullException.ThrowIfNull(census);
        ArgumentException.ThrowIfNullOrEmpty(hash);
        return _census.Import(census, hash, written);
    }

    /// <summary>The census file cannot be used any more; what it said before, and what waited for a person, must not be put into force.</summary>
    public void ReportCensusInvalid() => _census.ImportIsInvalid();

    /// <inheritdoc/>
    public Task<AcknowledgeResult> AcknowledgeAsync(string alertId, string episode, SeenState? seen, string by, string note, CancellationToken cancellation) =>
        _commands.AcknowledgeAsync(alertId, episode, seen, by, note, cancellation);

    /// <inheritdoc/>
    public Task<OrderAnswer> GiveAsync(Order order, string by, CancellationToken cancellation) => _commands.GiveAsync(order, by, cancellation);

    /// <inheritdoc/>
    public WardSnapshot Snapshot() => _view.Snapshot();

    /// <inheritdoc/>
    public Task WaitForAlertChangeAsync(long alertVersion, CancellationToken cancellation) => _view.WaitForAlertChangeAsync(alertVersion, cancellation);

    /// <inheritdoc/>
    public IReadOnlyList<LimitView> Limits(string patient) => _view.Limits(patient);

    /// <inheritdoc/>
    public IReadOnlyList<AlertStatus> RecentTransitions(int most) => _view.RecentTransitions(most);

    private Task<RuleAnswer> DecideAsync(Func<RuleAnswer> decide) => Task.Run(async () =>
    {
        var answer = decide();
        await _review.WhenDurable.ConfigureAwait(false);
        return answer;
    });

    private CensusHistory CensusBefore(LogPosition position)
    {
        lock (_processor.Gate)
        {
            return _processor.Host.CensusBefore(position);
        }
    }

    private RulePlan PlanFor(RuleHost? host, RuleSet before, RuleSet candidate)
    {
        List<AlertStatus> standing;
        List<CareEvent> care;
        lock (_processor.Gate)
        {
            (standing, care) = ([.. _processor.Ledger.Alerts], [.. _processor.Care.LastChanges]);
        }

        return RulePlan.Make(host, before, candidate, standing, care);
    }

    private async Task RunRulesAsync(CancellationToken stop)
    {
        try
        {
            await ConsumeUntilStoppedAsync(stop).ConfigureAwait(false);
            _processor.SaveCheckpoint();
        }
        catch (Exception failure)
        {
            AlertsLog.RulesStopped(_log, failure);
            _rulesFailure = failure;
            _view.Stop("The rules have stopped because of an error. Call the operator.");
            StopWaiters(new InvalidOperationException("The rules have stopped: " + failure.Message, failure));
            _processor.Consumed.Stop(new InvalidOperationException("The change is recorded, but the rules have stopped: " + failure.Message, failure));
            Fail(failure);
        }
    }

    private async Task ConsumeUntilStoppedAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_options.TickInterval, _durableLog.Clock);
        Task<bool>? tick = null;
        Task? more = null;
        try
        {
            while (true)
            {
                var end = _durableLog.End;
                _processor.ConsumeAll(stop);
                if (_durableLog.Failure is { } failure)
                {
                    throw failure;
                }

                // Both are kept until they complete: waiting must leave nothing behind.
                more = more is null or { IsCompleted: true } ? _durableLog.WaitBeyondAsync(end, stop) : more;
                tick = tick is null or { IsCompleted: true } ? timer.WaitForNextTickAsync(stop).AsTask() : tick;
                await Task.WhenAny(more, tick).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop, between two frames.
        }
    }

    private async Task RunPublisherAsync(MqttAlertPublisher publisher, CancellationToken stop)
    {
        try
        {
            await publisher.RunAsync(stop).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
        catch (Exception failure)
        {
            AlertsLog.PublishingStopped(_log, failure);
            _publishingFailure = failure;
            Fail(failure);
        }
    }

    private void StopWaiters(Exception because)
    {
        _processor.Waiters.Stop(because);
        _processor.OrderWaiters.Stop(because);
    }

    private void Fail(Exception failure)
    {
        Interlocked.CompareExchange(ref _failure, failure, null);
        _failed.Cancel();
    }
}
