using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Processing;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.View;

/// <summary>
/// What the rules have seen and concluded. A snapshot is a copy, made at most every quarter of a second unless an alert has changed or somebody was told that
/// something was done, so that many viewers cost no more than one, and each sees what he has done.
/// </summary>
internal sealed class WardView : IWardView
{
    private static readonly TimeSpan SnapshotFor = TimeSpan.FromMilliseconds(250);

    private readonly AlertProcessor _processor;
    private readonly AlertServiceOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _gate = new();
    private WardSnapshot? _newest;
    private long _newestAnswers;
    private string? _stopped;
    private IReadOnlyList<string> _ruleErrors = [];
    private TaskCompletionSource _alertsChanged = NewSource();

    public WardView(AlertProcessor processor, AlertServiceOptions options, TimeProvider clock)
    {
        _processor = processor;
        _options = options;
        _clock = clock;
        processor.AlertsChanged = AlertsHaveChanged;
    }

    /// <summary>What people have to know of the rule sets beside the errors.</summary>
    public Func<IReadOnlyList<string>> Notes { get; set; } = () => [];

    public WardSnapshot Snapshot()
    {
        var now = Instant.Now(_clock);
        lock (_gate)
        {
            var answers = Interlocked.Read(ref _processor.Answers);
            if (_newest is { } newest && answers == _newestAnswers && now - newest.Time < SnapshotFor && now >= newest.Time)
            {
                return newest;
            }

            _newestAnswers = answers;
            return _newest = UnderGate(() => Take(now));
        }
    }

    public async Task WaitForAlertChangeAsync(long alertVersion, CancellationToken cancellation)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                changed = _alertsChanged.Task;
            }

            // Looked at after the task was taken, so that no change falls between the two.
            if (UnderGate(() => Version) > alertVersion)
            {
                return;
            }

            await changed.WaitAsync(cancellation).ConfigureAwait(false);
        }
    }

    public IReadOnlyList<AlertStatus> RecentTransitions(int most)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(most);
        return UnderGate(() => _processor.Ledger.RecentEvents.Reverse().Take(most).Select(happened => happened.Status).ToArray());
    }

    public IReadOnlyList<LimitView> Limits(string patient)
    {
        ArgumentNullException.ThrowIfNull(patient);
        return UnderGate(() =>
        {
            if (_processor.Host.FindPatient(patient) is not { } state || _processor.Host.Rules is not { } rules)
            {
                return [];
            }

            var set = _processor.Care.Of(patient).Limits;
            return (IReadOnlyList<LimitView>)
            [
                .. rules.LimitsFor(state.Profile).OrderBy(limit => limit.Name, StringComparer.Ordinal).Select(limit => new LimitView(
                    limit.Name, limit.Value, limit.FromFiles, limit.Lowest, limit.Highest, limit.Signals, set.FirstOrDefault(one => one.Limit == limit.Name))),
            ];
        });
    }

    /// <summary>Why the rule files on disk are not the rules in force; empty if they are.</summary>
    public void ReportRuleErrors(IReadOnlyList<string> errors)
    {
        lock (_gate)
        {
            _ruleErrors = [.. errors];
            _newest = null;
        }
    }

    /// <summary>From here on nobody is warned, and every tile says so.</summary>
    public void Stop(string reason)
    {
        lock (_gate)
        {
            _stopped = reason;
            _newest = null;
        }

        AlertsHaveChanged();
    }

    /// <summary>Grows with every change of an alert and of a patient's care.</summary>
    private long Version => _processor.Ledger.Version + _processor.Care.Version;

    private WardSnapshot Take(Instant now)
    {
        var host = _processor.Host;
        var behind = _processor.Behind(now);
        var allStopped = _stopped
            ?? (host.Rules is null ? "There are no valid rules." : null)
            ?? (behind > _options.RulesBehindAtMost ? $"The rules are {WardViewBuilder.InWords(behind)} behind." : null);
        return new WardSnapshot(
            now,
            Version,
            new WardViewBuilder(host, _processor.Ledger, _processor.Care, _options, now, allStopped).Tiles(),
            host.Rules?.Version ?? "",
            host.RulesRefused is { } refused ? [.. _ruleErrors, refused] : _ruleErrors,
            behind,
            _processor.IsComplete)
        { RuleNotes = Notes() };
    }

    private T UnderGate<T>(Func<T> look)
    {
        Interlocked.Increment(ref _processor.Viewers);
        lock (_processor.Gate)
        {
            Interlocked.Decrement(ref _processor.Viewers);
            return look();
        }
    }

    private void AlertsHaveChanged()
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            changed = _alertsChanged;
            _alertsChanged = NewSource();
            _newest = null;
        }

        changed.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
