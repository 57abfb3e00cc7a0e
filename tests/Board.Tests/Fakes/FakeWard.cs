using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Readings;

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

            if (alert.Episode != episode)
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

    public IReadOnlyList<LimitView> Limits(string patient) => [];
}
