using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Backtesting;

/// <summary>
/// Plays a recording through a rule set. Each value counts as received when it was measured, each patient as one device, and every signal a patient has
/// in the recording as monitored from the patient's first row on; a patient leaves with the last one.
/// </summary>
internal sealed class BacktestPlayer
{
    private const int NotAdmitted = -1;

    private readonly RuleSet _rules;
    private readonly Recording _recording;
    private readonly BacktestOptions _options;
    private readonly RuleEngine _engine = new();
    private readonly List<AlertTransition> _transitions = [];
    private readonly List<AlertTransition> _unheard = [];
    private readonly int[] _handles;
    private readonly ImmutableArray<string>[] _monitored;
    private readonly Signal?[] _signals;
    private readonly Reading _reading = new();

    public BacktestPlayer(RuleSet rules, Recording recording, BacktestOptions options)
    {
        (_rules, _recording, _options) = (rules, recording, options);
        _handles = new int[recording.Patients.Count];
        Array.Fill(_handles, NotAdmitted);
        _signals = [.. recording.Catalogue.Signals.Select(signal => rules.Catalogue.Find(signal.Id))];
        Spans = [.. recording.Patients.Select(_ => (long.MaxValue, long.MinValue))];
        var monitored = recording.Patients.Select(_ => new SortedSet<int>()).ToArray();
        foreach (var row in recording.Rows)
        {
            ref var span = ref Spans[row.Patient];
            span = (Math.Min(span.First, row.Time), Math.Max(span.Last, row.Time));
            monitored[row.Patient].Add(row.Signal.Index);
        }

        _monitored = [.. monitored.Select(signals => signals.Select(index => recording.Catalogue.Signals[index].Id).ToImmutableArray())];
    }

    /// <summary>Of each patient the times of the first and the last row.</summary>
    public (long First, long Last)[] Spans { get; }

    /// <summary>How many readings there were: the rows of one patient and one time.</summary>
    public int Readings { get; private set; }

    /// <summary>The recorded time of all patients.</summary>
    public TimeSpan PatientTime => TimeSpan.FromMilliseconds(Spans.Where(span => span.First <= span.Last).Sum(span => span.Last - span.First));

    /// <summary>Plays it.</summary>
    /// <param name="told">Receives each transition, in the order of time.</param>
    /// <param name="ended">Is told when a patient's recording is over.</param>
    public void Play(Action<int, AlertTransition> told, Action<int, Instant> ended)
    {
        const int RowsBetweenProgress = 10_000;
        _engine.Load(_rules, Instant.MinValue, _transitions);
        var places = _recording.Patients.Select((patient, place) => (patient.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
        var rows = _recording.Rows;
        var nextProgress = 0;
        for (var index = 0; index < rows.Count;)
        {
            if (index >= nextProgress)
            {
                _options.Progress?.Invoke((double)index / rows.Count);
                nextProgress = index + RowsBetweenProgress;
            }

            var time = rows[index].Time;
            _engine.Advance(new Instant(time - 1), _transitions);
            var first = index;
            while (index < rows.Count && rows[index].Time == time)
            {
                index = Ingest(index);
            }

            EndPatients(first, index, places, told, ended);
            Tell(places, told);
        }

        _options.Progress?.Invoke(1);
    }

    /// <summary>Takes in the rows of one patient and one time; a signal that stands there twice begins another reading.</summary>
    private int Ingest(int index)
    {
        var first = _recording.Rows[index];
        var time = new Instant(first.Time);
        if (_handles[first.Patient] == NotAdmitted)
        {
            Admit(first.Patient, time);
        }

        _reading.Values.Clear();
        (_reading.DeviceTime, _reading.ReceivedTime, _reading.CorrectedTime) = (time, time, time);
        for (; index < _recording.Rows.Count; index++)
        {
            var row = _recording.Rows[index];
            var signal = _signals[row.Signal.Index];
            if (row.Time != first.Time || row.Patient != first.Patient || (signal is not null && _reading.Values.Exists(value => value.Signal == signal)))
            {
                break;
            }

            if (signal is not null)
            {
                // Other rules may call other values plausible; what a store holds has been judged when it came and can only become worse.
                var ofDevice = _recording.IsJudged ? row.Quality : Quality.Valid;
                _reading.Values.Add(new SignalValue(signal, row.Value, SignalJudge.Judge(signal, row.Value, ofDevice)));
            }
        }

        Readings++;
        _engine.Ingest(_handles[first.Patient], _reading, _transitions);
        return index;
    }

    private void Admit(int patient, Instant time)
    {
        var (name, ward) = _recording.Patients[patient];
        var profile = new PatientProfile(name, ward.Length > 0 ? ward : _options.Ward, _options.Tags, _monitored[patient]) { Population = _options.Population };
        _handles[patient] = _engine.SetPatient(profile, time, _transitions);
    }

    /// <summary>Those whose last row this was leave, so that what only looks as if it went on does not count.</summary>
    private void EndPatients(int from, int to, Dictionary<string, int> places, Action<int, AlertTransition> told, Action<int, Instant> ended)
    {
        for (var index = from; index < to; index++)
        {
            var (patient, time) = (_recording.Rows[index].Patient, _recording.Rows[index].Time);
            if (Spans[patient].Last != time || _handles[patient] == NotAdmitted)
            {
                continue;
            }

            _engine.Advance(new Instant(time), _transitions);
            Tell(places, told);
            _unheard.Clear();
            _engine.RemovePatient(_recording.Patients[patient].Name, new Instant(time), "the recording ends", _unheard);
            _handles[patient] = NotAdmitted;
            ended(patient, new Instant(time));
        }
    }

    /// <summary>The transitions of one step come patient by patient; people read them by time.</summary>
    private void Tell(Dictionary<string, int> places, Action<int, AlertTransition> told)
    {
        if (_transitions.Count == 0)
        {
            return;
        }

        foreach (var transition in _transitions.OrderBy(transition => transition.Time))
        {
            told(places[transition.Patient], transition);
        }

        _transitions.Clear();
    }
}
