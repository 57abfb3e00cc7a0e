using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>
/// One patient under one rule set, as docs/rule-semantics.md has it and in the plainest way: every sample is kept, everything is computed anew
/// whenever it is asked for, and the next instant is found by looking at all times at which anything may change.
/// </summary>
internal sealed partial class OraclePatient
{
    /// <summary>The signals that anything was said of, by id.</summary>
    private readonly Dictionary<string, SignalCourse> _signals = new(StringComparer.Ordinal);

    /// <summary>The windows, with the order of the first sample that each has seen.</summary>
    private Dictionary<WindowKey, int> _windows = [];

    /// <summary>What stands for each derived signal and limit for this patient.</summary>
    private Dictionary<string, DerivedDefinition> _derived = [];
    private Dictionary<string, double> _limits = [];

    /// <summary>What each window held when it was last looked at.</summary>
    private readonly Dictionary<WindowKey, ((long Clock, int Samples) At, List<Sample> Samples)> _held = [];

    private PatientProfile _profile;
    private RuleSetDefinition _rules;
    private AlertLife[] _alerts;
    private int _samples;

    /// <summary>The patient's clock, Unix ms.</summary>
    private long _clock;

    public OraclePatient(RuleSetDefinition rules, PatientProfile profile, long time, ICollection<AlertTransition> output)
    {
        Output = output;
        _rules = rules;
        _profile = profile;
        _alerts = NewAlerts();
        _clock = time;
        OpenWindows();
        Resolve();
        WaitForMonitored();
        Settle(timers: false);
    }

    public PatientProfile Profile => _profile;

    /// <summary>Where transitions go.</summary>
    public ICollection<AlertTransition> Output { get; set; }

    /// <summary>The newest sample of each signal, in the order of the catalogue.</summary>
    public IEnumerable<LatestValue> Latest() =>
        from signal in _rules.Catalogue.Signals
        let newest = _signals.GetValueOrDefault(signal.Id)?.Newest
        where newest is not null
        select new LatestValue(signal, newest.Value, newest.Quality, new Instant(newest.Time));

    public void Change(PatientProfile profile, long time)
    {
        Happen(time);
        _profile = profile;
        Resolve();
        WaitForMonitored();
        Settle(timers: false);
    }

    public void Reset(long time)
    {
        Happen(time);
        EndAll();
        _signals.Clear();
        _held.Clear();
        WaitForMonitored();
        Settle(timers: false);
    }

    public void Remove(long time)
    {
        Happen(time);
        EndAll();
    }

    public void Ingest(Reading reading)
    {
        Happen(reading.CorrectedTime.UnixMilliseconds);
        foreach (var value in reading.Values)
        {
            CourseOf(value.Signal.Id).Add(new Sample(_samples++, reading.CorrectedTime.UnixMilliseconds, value.Value, value.Quality), reading.IsLate);
        }

        Settle(timers: false);
    }

    public bool Advance(long time) => FireUntil(time);

    public void WaitAnew(long time)
    {
        foreach (var (id, course) in _signals)
        {
            if (course.WaitedForSince < time && !IsMissing(id))
            {
                course.WaitedForSince = time;
            }
        }
    }

    /// <summary>An input is about to happen: first everything due before it, then its instant.</summary>
    private void Happen(long time)
    {
        FireUntil(time - 1);
        _clock = Math.Max(_clock, time);
    }

    /// <summary>Lets everything happen that is due up to and including a time, each at its own instant; false where nothing is.</summary>
    private bool FireUntil(long time)
    {
        var any = false;
        while (Dues().DefaultIfEmpty(long.MaxValue).Min() is var due && due <= time)
        {
            _clock = Math.Max(_clock, due);
            Settle(timers: true);
            any = true;
        }

        return any;
    }

    /// <summary>The rules in the order in which they see each other.</summary>
    private void Settle(bool timers)
    {
        foreach (var index in _rules.EvaluationOrder)
        {
            Evaluate(index);
            if (timers)
            {
                FireTimers(index);
            }
        }
    }

    /// <summary>All times to come at which time alone may change something. What the clock has reached has happened to values, not yet to alerts.</summary>
    private IEnumerable<long> Dues() => ValueDues().Where(due => due > _clock).Concat(_alerts.SelectMany(AlertDues));

    private void Resolve()
    {
        _derived = _rules.Derived.ToDictionary(derived => derived.Name, derived => DerivedOf(_rules, _profile, derived.Name)!);
        _limits = _rules.Limits.ToDictionary(limit => limit.Name, limit => LimitOf(_rules, _profile, limit.Name));
    }

    private void WaitForMonitored()
    {
        foreach (var id in _profile.Monitored)
        {
            CourseOf(id).WaitedForSince ??= _clock;
        }

        foreach (var (id, course) in _signals)
        {
            course.WaitedForSince = _profile.Monitored.Contains(id) ? course.WaitedForSince : null;
        }
    }

    private SignalCourse CourseOf(string id)
    {
        if (!_signals.TryGetValue(id, out var course))
        {
            _signals.Add(id, course = new SignalCourse());
        }

        return course;
    }

    private AlertLife[] NewAlerts() => [.. _rules.Rules.Select(rule => new AlertLife(rule.Levels.Length))];

    /// <summary>A window that another rule set had too goes on; a new one has seen nothing.</summary>
    private void OpenWindows()
    {
        _held.Clear();
        var before = _windows;
        _windows = DefinitionWalk.WindowsOf(_rules).ToDictionary(
            window => window, window => before.GetValueOrDefault(window, _samples));
    }
}
