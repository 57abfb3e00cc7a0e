using System.Collections.Frozen;
using System.Collections.Immutable;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Files;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Escalation;

/// <summary>
/// The consumer "escalation": exactly once. Reads what happens to alerts and pages in log order, decides at ticks who is told, and appends that together with
/// its cursor. Synchronous; one thread at a time.
/// </summary>
public sealed class Escalator : IDisposable
{
    /// <summary>The consumer's name.</summary>
    public const string ConsumerName = "escalation";

    private static readonly RecordKinds InputKinds = RecordKinds.Of(RecordKind.AlertEvent, RecordKind.PageReceipt, RecordKind.NotificationRules, RecordKind.RuleSet);

    private readonly DurableLog _log;
    private readonly EscalationLedger _ledger;
    private readonly EscalatorOptions _options;
    private readonly TimeZoneInfo _zone;
    private readonly LogConsumer _consumer;
    private readonly LogPosition _endAtStart;
    private readonly Instant _started;
    private readonly LogBatch _batch = new();
    private FrozenDictionary<string, AlertRule> _rules = FrozenDictionary<string, AlertRule>.Empty;

    /// <summary>Opens the consumer. To be called before anything else is appended to the log.</summary>
    /// <param name="log">The log, opened with the projections.</param>
    /// <param name="ledger">Who was told, as recovered; from here on owned by this.</param>
    /// <param name="notificationRules">The files in force, as recovered.</param>
    /// <param name="ruleSets">The rule sets, as recovered.</param>
    /// <param name="alerts">The alerts, as recovered, before anything changes them.</param>
    /// <param name="zone">The site's time zone.</param>
    /// <param name="options">How to run.</param>
    public Escalator(
        DurableLog log, EscalationLedger ledger, NotificationRulesProjection notificationRules, RuleSetProjection ruleSets, AlertLedger alerts, TimeZoneInfo zone, EscalatorOptions options)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(ledger);
        ArgumentNullException.ThrowIfNull(notificationRules);
        ArgumentNullException.ThrowIfNull(ruleSets);
        ArgumentNullException.ThrowIfNull(alerts);
        _log = log;
        _ledger = ledger;
        _zone = zone;
        _options = options;
        _started = Instant.Now(log.Clock);
        _endAtStart = log.End;
        ledger.Reconcile(alerts.Alerts, alerts.Version);
        if (ruleSets.Last is { } rules)
        {
            Take(rules);
        }

        if (notificationRules.Last is { } files)
        {
            Take(files);
        }

        _consumer = log.OpenConsumer(ConsumerName, InputKinds, log.Start);
    }

    /// <summary>Guards the ledger.</summary>
    internal object Gate { get; } = new();

    /// <summary>Who was told. Under <see cref="Gate"/>.</summary>
    internal EscalationLedger Ledger => _ledger;

    /// <summary>Who is who, and who is told of what; null while there is nothing in force.</summary>
    public NotificationPlan? Plan { get; private set; }

    /// <summary>The rules of the set in force.</summary>
    public IReadOnlyCollection<AlertRule> Rules { get; private set; } = [];

    /// <summary>Why the files in force cannot be used; empty if they can.</summary>
    public string PlanTrouble { get; private set; } = "";

    /// <summary>Called on the escalator's thread when another plan, or another rule set, is in force; not under <see cref="Gate"/>.</summary>
    internal Action? PlanChanged { get; set; }

    /// <summary>Called on the escalator's thread when somebody is told, or something is known of it; not under <see cref="Gate"/>.</summary>
    internal Action? Changed { get; set; }

    /// <summary>Consumes all there is, then decides what is due.</summary>
    public void ConsumeAll(CancellationToken cancellation)
    {
        // Taken before the last look: what was committed before this moment will have been consumed.
        Instant now;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            now = Instant.Now(_log.Clock);
        }
        while (TryConsumeFrame());

        if (!_consumer.StoodStill)
        {
            Tick(now);
        }
    }

    /// <summary>What a channel has to know of a page.</summary>
    public PageVerdict Look(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        lock (Gate)
        {
            return _ledger.Look(page);
        }
    }

    /// <summary>How far the alerts that stand have come, and who is next.</summary>
    public IReadOnlyList<EscalationStatus> Standing()
    {
        lock (Gate)
        {
            return new EscalationView(_ledger, Plan, StagesOf, Instant.Now(_log.Clock)).Standing();
        }
    }

    /// <summary>Closes the consumer.</summary>
    public void Dispose() => _consumer.Dispose();

    private bool TryConsumeFrame()
    {
        if (!_consumer.TryRead(out var frame))
        {
            return false;
        }

        var planChanged = false;
        var changed = false;
        foreach (var record in frame)
        {
            // What stood in the log at the start is in the ledger already.
            var isNew = frame.Position >= _endAtStart;
            switch (record.Kind)
            {
                case RecordKind.AlertEvent or RecordKind.PageReceipt when isNew:
                    lock (Gate)
                    {
                        var before = _ledger.Version;
                        _ledger.Apply(record);
                        changed |= _ledger.Version != before;
                    }

                    break;
                case RecordKind.NotificationRules when isNew:
                    Take(NotificationRulesRecord.Read(record.Body));
                    planChanged = true;
                    break;
                case RecordKind.RuleSet when isNew && RuleSetRecord.Read(record.Body) is { IsInForce: true } rules:
                    Take(rules);
                    planChanged = true;
                    break;
                default:
                    break;
            }
        }

        _consumer.Advance(frame.Next);
        if (planChanged)
        {
            PlanChanged?.Invoke();
        }

        if (changed)
        {
            Changed?.Invoke();
        }

        return true;
    }

    private void Tick(Instant now)
    {
        if (Plan is not { } plan)
        {
            lock (Gate)
            {
                _ledger.Sweep();
            }

            return;
        }

        EscalationDecision decision;
        lock (Gate)
        {
            _ledger.Sweep();
            decision = _ledger.Decide(plan, StagesOf, now, now - _options.Allowance, _started);
        }

        if (decision.IsEmpty)
        {
            return;
        }

        _batch.Clear();
        foreach (var step in decision.Steps)
        {
            _batch.Add(RecordKind.Page, PageRecord.TopicOf(step), PageRecord.Write(step));
        }

        foreach (var page in decision.Pages)
        {
            _batch.Add(RecordKind.Page, PageRecord.TopicOf(page), PageRecord.Write(page));
        }

        _consumer.Advance(_consumer.Position, _batch);
        Changed?.Invoke();
    }

    private ImmutableArray<EscalationStage> StagesOf(AlertStatus status) => _rules.TryGetValue(status.Alert, out var rule) ? rule.Escalation : [];

    private void Take(RuleSetRecord record)
    {
        if (RuleSetLoader.Load(record.Files).Rules is { } set)
        {
            (Rules, _rules) = (set.Rules, set.Rules.ToFrozenDictionary(rule => rule.Name, StringComparer.Ordinal));
        }
    }

    private void Take(NotificationRulesRecord record)
    {
        PlanTrouble = "";
        if (record.Roster is null || record.Notifications is null)
        {
            Plan = null;
            return;
        }

        var result = NotificationFiles.Load(record.Roster, record.Notifications, _zone, KnownNames.Nothing, withSecrets: false);
        if (result.Plan is { } plan)
        {
            Plan = plan;
        }
        else
        {
            PlanTrouble = $"The notification rules in the log cannot be used by this version: {result.Diagnostics.First(diagnostic => diagnostic.IsError)}";
        }
    }
}
