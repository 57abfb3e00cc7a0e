using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>The ward as a test wants it, and the commands to it. Safe from any thread: the board reads it while the test changes it.</summary>
internal sealed class FakeWard(TimeProvider clock) : IWardView, IAlertCommands
{
    private readonly Lock _lock = new();
    private readonly List<FakeBed> _beds = [];
    private readonly List<AlertStatus> _transitions = [];
    private readonly List<(string Alert, string Episode, string By, string Note)> _acknowledgements = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _version = 1;

    public string RuleSet { get; set; } = "ab12cd34ef567890";

    public IReadOnlyList<string> RuleErrors { get; set; } = [];

    public IReadOnlyList<string> RuleNotes { get; set; } = [];

    public TimeSpan RulesBehind { get; set; }

    public bool AlertsComplete { get; set; } = true;

    /// <summary>Thrown by the next snapshots, where set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>Thrown by the next acknowledgements, where set.</summary>
    public Exception? CommandFailure { get; set; }

    public IReadOnlyList<(string Alert, string Episode, string By, string Note)> Acknowledgements
    {
        get
        {
            lock (_lock)
            {
                return [.. _acknowledgements];
            }
        }
    }

    public Instant Now => Instant.Now(clock);

    public FakeBed Add(FakeBed bed)
    {
        lock (_lock)
        {
            _beds.Add(bed);
            return bed;
        }
    }

    /// <summary>The bed of a patient; null where nobody of this name lies.</summary>
    public FakeBed? BedOf(string patient)
    {
        lock (_lock)
        {
            return _beds.FirstOrDefault(bed => bed.Patient == patient);
        }
    }

    /// <summary>The bed at which an alert stands; null where none does.</summary>
    public FakeBed? BedWith(string alertId)
    {
        lock (_lock)
        {
            return _beds.FirstOrDefault(bed => bed.Alerts.Any(alert => alert.Id == alertId));
        }
    }

    public FakeBed Bed(string name)
    {
        lock (_lock)
        {
            return _beds.Single(bed => bed.Bed == name);
        }
    }

    /// <summary>Changes beds so that the board sees all of it or nothing, and tells that alerts have changed.</summary>
    public void Change(Action change)
    {
        TaskCompletionSource changed;
        lock (_lock)
        {
            change();
            _version++;
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    public WardSnapshot Snapshot()
    {
        lock (_lock)
        {
            if (Failure is not null)
            {
                throw Failure;
            }

            var now = Now;
            return new WardSnapshot(now, _version, [.. _beds.Select(bed => bed.ToTile(now))], RuleSet, RuleErrors, RulesBehind, AlertsComplete) { RuleNotes = RuleNotes };
        }
    }

    public Task WaitForAlertChangeAsync(long alertVersion, CancellationToken cancellation)
    {
        lock (_lock)
        {
            return _version > alertVersion ? Task.CompletedTask : _changed.Task.WaitAsync(cancellation);
        }
    }

    public IReadOnlyList<AlertStatus> RecentTransitions(int most)
    {
        lock (_lock)
        {
            return [.. _transitions.Take(most)];
        }
    }

    public void AddTransition(AlertStatus alert)
    {
        lock (_lock)
        {
            _transitions.Insert(0, alert);
        }
    }

    public Task<AcknowledgeResult> AcknowledgeAsync(string alertId, string episode, SeenState? seen, string by, string note, CancellationToken cancellation)
    {
        var result = AcknowledgeResult.Unknown;
        Change(() =>
        {
            if (CommandFailure is not null)
            {
                throw CommandFailure;
            }

            if (_beds.SelectMany(bed => bed.Alerts.Select(alert => (bed, alert))).FirstOrDefault(pair => pair.alert.Id == alertId) is not ({ } bed, { } alert))
            {
                return;
            }

            // As the gateway: another episode, a higher priority or a more urgent state than the person saw.
            if (alert.Episode != episode || (seen is not null && (alert.Priority > seen.Priority || (alert.State == AlertState.Active && seen.State != AlertState.Active))))
            {
                result = AcknowledgeResult.Stale;
            }
            else if (alert.Acknowledgement is not null)
            {
                result = AcknowledgeResult.AlreadyAcknowledged;
            }
            else
            {
                _acknowledgements.Add((alertId, episode, by, note));
                bed.Alert(alert with { Acknowledgement = new Acknowledgement(by, Now, note) });
                result = AcknowledgeResult.Acknowledged;
            }
        });
        return Task.FromResult(result);
    }

    public IReadOnlyList<LimitView> Limits(string patient)
    {
        lock (_lock)
        {
            var bedside = _beds.FirstOrDefault(bed => bed.Patient == patient)?.Care.Limits ?? [];
            return _beds.All(bed => bed.Patient != patient) ? [] : [.. AllLimits.Select(limit =>
                bedside.FirstOrDefault(each => each.Limit == limit.Limit) is { } set ? limit with { Value = set.Value, AtBedside = set } : limit)];
        }
    }

    /// <summary>The limits of every patient, but for what was set at the bedside.</summary>
    public IReadOnlyList<LimitView> AllLimits { get; set; } =
    [
        new LimitView("hr_high", 120, 120, 100, 160, ["hr"], null),
        new LimitView("hr_low", 50, 50, 35, 60, ["hr"], null),
        new LimitView("spo2_low", 90, 90, 80, 95, ["spo2"], null),
        new LimitView("rr_high", 30, 30, 24, 40, ["rr"], null),
        new LimitView("art_sbp_low", 90, 90, 70, 110, ["art_sbp"], null),
        new LimitView("temp_high", 39, 39, null, null, ["temp"], null),
    ];
}
