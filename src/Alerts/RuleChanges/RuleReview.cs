using System.Globalization;
using IoTGateway.Alerts.Processing;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts;

/// <summary>
/// Decides what becomes of rule sets, and records each step: what the files propose comes into force, unless it would remove a rule or end an active
/// alert of high priority; then it waits for a person. Safe from any thread.
/// </summary>
/// <remarks>
/// What is proposed, and what is done:
/// <code>
/// the files' rules                                  decision
/// the first ones ever                               in force
/// are those in force                                nothing; what waited is refused, unless an older set waits that a person asked for
/// wait already                                      nothing
/// a person has refused, or rolled back from         nothing, until the files change
/// end nothing of weight                             in force
/// remove a rule, or end an active high alert        wait
/// </code>
/// </remarks>
internal sealed class RuleReview
{
    private const int ShownVersionLength = 8;

    private readonly DurableLog _durableLog;
    private readonly RuleSetHistory _history;
    private readonly Func<RuleSet, RuleSet, RulePlan> _plan;
    private readonly ILogger _log;

    // Held while a plan is made, which can take seconds and looks at the alerts.
    private readonly Lock _gate = new();
    private string _filesVersion = "";
    private volatile IReadOnlyList<string> _notes = [];
    private volatile bool _isWaiting;
    private volatile Commit? _lastCommit;

    /// <summary>Makes a review.</summary>
    /// <param name="durableLog">Where the steps are recorded.</param>
    /// <param name="history">The steps so far; from here on owned by the review.</param>
    /// <param name="plan">Makes the plan of a candidate, the second one, against what is in force.</param>
    /// <param name="log">Takes what becomes of rule sets.</param>
    public RuleReview(DurableLog durableLog, RuleSetHistory history, Func<RuleSet, RuleSet, RulePlan> plan, ILogger log)
    {
        _durableLog = durableLog;
        _history = history;
        _plan = plan;
        _log = log;
        Tell_NeedsLock();
    }

    /// <summary>Whether a set waits for approval. Waits for nothing.</summary>
    public bool IsWaiting => _isWaiting;

    /// <summary>What people have to know beside the errors: that a set waits, or that the files are not what is in force. Waits for nothing.</summary>
    public IReadOnlyList<string> Notes => _notes;

    /// <summary>Completes when everything decided so far is durable.</summary>
    public Task WhenDurable => _lastCommit?.Task ?? Task.CompletedTask;

    /// <summary>The files gave a rule set.</summary>
    /// <returns>The commit of what was recorded; null if there was nothing to record.</returns>
    public Commit? Propose(RuleSet rules)
    {
        lock (_gate)
        {
            _filesVersion = rules.Version;
            Tell_NeedsLock();
            var valid = _history.Invalid is null ? null : Record_NeedsLock(new RuleSetRecord("", []) { Step = RuleSetStep.FilesValid });
            if (_history.IsDecidedAgainst(rules.Version) || _history.Waiting?.RuleSetVersion == rules.Version)
            {
                return valid;
            }

            if (_history.Last?.RuleSetVersion == rules.Version)
            {
                return _history.Waiting is { } waiting
                    ? Record_NeedsLock(new RuleSetRecord(waiting.RuleSetVersion, []) { Step = RuleSetStep.Refused, Why = "The files are back to the rules in force." })
                    : valid;
            }

            return Decide_NeedsLock(RuleSetRecord.Of(rules) with { Step = RuleSetStep.InForce }, rules).Commit;
        }
    }

    /// <summary>The files cannot be used.</summary>
    public void ReportInvalid(IReadOnlyList<string> errors)
    {
        lock (_gate)
        {
            _filesVersion = "";
            Tell_NeedsLock();
            if (_history.Invalid is null)
            {
                Record_NeedsLock(new RuleSetRecord("", []) { Step = RuleSetStep.FilesInvalid, Why = errors[0] });
            }
        }
    }

    /// <summary>Puts what waits into force.</summary>
    public RuleAnswer Approve(string by)
    {
        lock (_gate)
        {
            if (_history.Waiting is not { } waiting)
            {
                return new RuleAnswer(false, "No rule set waits for approval.");
            }

            if (RuleHost.Compile(waiting, out var refused) is not { } rules)
            {
                return new RuleAnswer(false, refused);
            }

            var why = PlanFor(rules)?.ToText() ?? "";
            Record_NeedsLock(waiting with { Step = RuleSetStep.Approved, By = by, Why = why });
            return new RuleAnswer(true, $"The rule set {Short(waiting.RuleSetVersion)} is approved and comes into force.\n{why}");
        }
    }

    /// <summary>What waits comes to nothing.</summary>
    public RuleAnswer Refuse(string by)
    {
        lock (_gate)
        {
            if (_history.Waiting is not { } waiting)
            {
                return new RuleAnswer(false, "No rule set waits for approval.");
            }

            Record_NeedsLock(new RuleSetRecord(waiting.RuleSetVersion, []) { Step = RuleSetStep.Refused, By = by, InsteadOf = waiting.InsteadOf, Why = "Refused." });
            return new RuleAnswer(true, $"The rule set {Short(waiting.RuleSetVersion)} is refused. The rules in force stay until the files change.");
        }
    }

    /// <summary>Puts an older set into force, by the same rules as a new one.</summary>
    /// <param name="version">The beginning of its version.</param>
    /// <param name="by">Who.</param>
    public RuleAnswer RollBack(string version, string by)
    {
        lock (_gate)
        {
            var found = _history.Versions.Where(record => record.RuleSetVersion.StartsWith(version, StringComparison.OrdinalIgnoreCase)).ToList();
            if (version.Length == 0 || found.Count != 1)
            {
                return new RuleAnswer(false, found.Count > 1
                    ? $"Several versions begin with '{version}': write more of it. See: iotgateway rules versions"
                    : $"There is no version '{version}' among the last {RuleSetHistory.KeptAtMost}. See: iotgateway rules versions");
            }

            if (found[0].RuleSetVersion == _history.Last?.RuleSetVersion)
            {
                return new RuleAnswer(false, $"The rule set {Short(found[0].RuleSetVersion)} is in force already.");
            }

            if (RuleHost.Compile(found[0], out var refused) is not { } rules)
            {
                return new RuleAnswer(false, refused);
            }

            var insteadOf = _filesVersion == rules.Version ? "" : _filesVersion;
            var (step, plan, _) = Decide_NeedsLock(found[0] with { Step = RuleSetStep.RolledBack, By = by, InsteadOf = insteadOf }, rules);
            var first = step == RuleSetStep.Waits
                ? $"The rule set {Short(rules.Version)} waits for approval: iotgateway rules approve"
                : $"The rule set {Short(rules.Version)} comes into force. The files on disk are another one; they count again when they change.";
            return new RuleAnswer(true, $"{first}\n{plan}");
        }
    }

    /// <summary>What a set would do; null while there is nothing it could be compared with.</summary>
    public RulePlan? PlanFor(RuleSet rules) =>
        _history.Last is { } last && RuleHost.Compile(last, out _) is { } before ? _plan(before, rules) : null;

    private (RuleSetStep Step, string Plan, Commit Commit) Decide_NeedsLock(RuleSetRecord record, RuleSet rules)
    {
        var effects = PlanFor(rules);
        var step = effects is { NeedsApproval: true } ? RuleSetStep.Waits : record.Step;
        var words = effects?.ToText() ?? "";
        var commit = Record_NeedsLock(record with { Step = step, Why = words });
        if (step == RuleSetStep.Waits)
        {
            AlertsLog.RulesWait(_log, rules.Version, effects!.ApprovalReasons.Length);
        }
        else
        {
            AlertsLog.RulesProposed(_log, rules.Version);
        }

        if (effects is not null)
        {
            LogPlan(effects);
        }

        return (step, words, commit);
    }

    private void LogPlan(RulePlan effects)
    {
        var rules = effects.Rules.Length;
        var (ended, changed, anew) = (Count(AlertEffectKind.Ended), Count(AlertEffectKind.Changed), Count(AlertEffectKind.BeginsAnew));
        var (raised, kept) = (Count(AlertEffectKind.Raised), Count(AlertEffectKind.Kept));
        AlertsLog.RulePlan(_log, effects.Version, rules, ended, changed, anew, raised, kept);

        int Count(AlertEffectKind kind) => effects.Alerts.Count(effect => effect.Kind == kind);
    }

    private Commit Record_NeedsLock(RuleSetRecord record)
    {
        var dated = record with { At = Instant.Now(_durableLog.Clock) };
        var commit = _durableLog.Append(RecordKind.RuleSet, topic: null, dated.Write());

        // Its place in the log is of no interest here, only that it is the last one.
        _history.Add(long.MaxValue - 1, dated);
        _lastCommit = commit;
        Tell_NeedsLock();
        return commit;
    }

    private void Tell_NeedsLock()
    {
        _isWaiting = _history.Waiting is not null;
        _notes = Notes_NeedsLock();
    }

    private IReadOnlyList<string> Notes_NeedsLock()
    {
        if (_history.Waiting is { } waiting)
        {
            return [$"A new rule set ({Short(waiting.RuleSetVersion)}) waits for approval since {waiting.At}. See: iotgateway rules plan. Then: iotgateway rules approve, or refuse."];
        }

        if (_filesVersion.Length == 0 || _history.Last is not { } last || last.RuleSetVersion == _filesVersion)
        {
            return [];
        }

        var decision = _history.LastDecision!;
        return [string.Create(CultureInfo.InvariantCulture, $"The rules in force ({Short(last.RuleSetVersion)}) are not those of the files ({Short(_filesVersion)}): {(decision.Step == RuleSetStep.Refused ? "refused" : "rolled back")} by {decision.By} at {decision.At}. The files count again when they change.")];
    }

    private static string Short(string version) => version.Length > ShownVersionLength ? version[..ShownVersionLength] : version;
}
