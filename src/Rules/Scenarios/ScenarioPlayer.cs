using IoTGateway.Readings;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Plays a scenario through an engine of its own, moment by moment.</summary>
internal sealed class ScenarioPlayer
{
    private readonly Scenario _scenario;
    private readonly IRuleEngine _engine;
    private readonly List<AlertTransition> _transitions = [];
    private readonly Reading _reading = new();

    /// <summary>Makes a player.</summary>
    /// <param name="scenario">What is played.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="engine">A new engine.</param>
    public ScenarioPlayer(Scenario scenario, RuleSet rules, IRuleEngine engine)
    {
        _scenario = scenario;
        _engine = engine;
        _engine.Load(rules, ScenarioTime.At(TimeSpan.Zero), _transitions);
        Histories =
        [
            .. rules.Rules.Select(rule => new AlertHistory(
                rule, [.. scenario.Acknowledgements.Where(acknowledgement => acknowledgement.Rule.Index == rule.Index).Select(acknowledgement => acknowledgement.At)])),
        ];
    }

    /// <summary>What became of each alert, in the order of the rules.</summary>
    public IReadOnlyList<AlertHistory> Histories { get; }

    /// <summary>How many transitions the engine has told so far.</summary>
    public int Transitions { get; private set; }

    /// <summary>Called after everything that happens at a moment: the time, and the values that came.</summary>
    public Action<TimeSpan, IReadOnlyList<SignalValue>>? AfterMoment { get; set; }

    /// <summary>Plays it from the beginning to the end.</summary>
    /// <param name="moreMoments">Moments to stop at beside those at which values come.</param>
    public void Play(IEnumerable<TimeSpan>? moreMoments = null)
    {
        var handle = _engine.SetPatient(_scenario.Patient, ScenarioTime.At(TimeSpan.Zero), _transitions);
        var end = _scenario.End;
        var samples = _scenario.Courses.SelectMany(course => course.Samples(end)).GroupBy(sample => sample.Time).ToDictionary(
            moment => moment.Key, moment => moment.ToList());
        var looks = _scenario.Values.Select(value => value.At).Concat(_scenario.Acknowledgements.Select(acknowledgement => acknowledgement.At));
        foreach (var time in samples.Keys.Concat(looks).Concat(moreMoments ?? []).Append(end).Distinct().Order())
        {
            _reading.Values.Clear();
            if (samples.TryGetValue(time, out var values))
            {
                Send(handle, time, values);
            }

            _engine.Advance(ScenarioTime.At(time), _transitions);
            Keep(time);
            AfterMoment?.Invoke(time, _reading.Values);
        }
    }

    /// <summary>Sends the values of one moment; of one signal that has two (one part ends where the next begins) each in a reading of its own.</summary>
    private void Send(int handle, TimeSpan time, List<CourseSample> samples)
    {
        var instant = ScenarioTime.At(time);
        (_reading.DeviceTime, _reading.ReceivedTime, _reading.CorrectedTime) = (instant, instant, instant);
        foreach (var sample in samples)
        {
            if (_reading.Values.Exists(value => value.Signal == sample.Value.Signal))
            {
                _engine.Ingest(handle, _reading, _transitions);
                _reading.Values.Clear();
            }

            _reading.Values.Add(sample.Value);
        }

        _engine.Ingest(handle, _reading, _transitions);
    }

    private void Keep(TimeSpan time)
    {
        Transitions += _transitions.Count;
        foreach (var transition in _transitions)
        {
            Histories[transition.Rule.Index].Add(transition);
        }

        _transitions.Clear();
        foreach (var history in Histories)
        {
            history.PassTo(time);
        }
    }
}
