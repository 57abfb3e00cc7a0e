using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Backtesting;

namespace IoTGateway.Rules;

/// <summary>
/// Plays a recording through a rule set and writes down what the alerts would have done. Each value counts as received when it was
/// measured, each patient as one device, and every signal a patient has in the recording as monitored from the patient's first row on.
/// </summary>
public sealed class Backtest
{
    private readonly RuleSet _rules;
    private readonly Recording _recording;
    private readonly BacktestOutput _output;
    private readonly RuleEngine _engine = new();
    private readonly List<AlertTransition> _transitions = [];
    private readonly int[] _handles;
    private readonly Reading _reading = new();
    private int _readings;

    private Backtest(RuleSet rules, Recording recording, BacktestOutput output)
    {
        _rules = rules;
        _recording = recording;
        _output = output;
        _handles = new int[recording.Patients.Count];
        Array.Fill(_handles, -1);
    }

    /// <summary>Runs a backtest.</summary>
    /// <param name="rules">The rules to try.</param>
    /// <param name="input">A recording: <c>time_s,patient,metric,value</c>, in any order of time.</param>
    /// <param name="fileName">The recording's name, for errors.</param>
    /// <param name="output">Receives each state an alert entered, in the order of time; the time as in the input, in seconds.</param>
    /// <param name="format">How to write it.</param>
    /// <returns>What was found, or what is wrong with the recording: then nothing is written.</returns>
    public static BacktestSummary Run(RuleSet rules, TextReader input, string fileName, TextWriter output, BacktestFormat format)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        var recording = Recording.Read(rules.Catalogue, input, fileName);
        return recording.Errors.Length > 0
            ? new BacktestSummary { Errors = recording.Errors }
            : new Backtest(rules, recording, new BacktestOutput(rules, output, format)).Play();
    }

    private BacktestSummary Play()
    {
        _engine.Load(_rules, Instant.MinValue, _transitions);
        _output.Begin();
        var monitored = _recording.Rows.GroupBy(row => row.Patient).ToDictionary(
            rows => rows.Key, rows => rows.Select(row => row.Signal.Id).Distinct().ToImmutableArray());
        var rows = _recording.Rows;
        for (var index = 0; index < rows.Count;)
        {
            var time = rows[index].Time;
            _engine.Advance(new Instant(time - 1), _transitions);
            WriteTransitions();
            while (index < rows.Count && rows[index].Time == time)
            {
                var patient = rows[index].Patient;
                if (_handles[patient] < 0)
                {
                    var profile = new PatientProfile(_recording.Patients[patient], "", [], monitored[patient]);
                    _handles[patient] = _engine.SetPatient(profile, new Instant(time), _transitions);
                }

                index = IngestReading(index);
            }

            WriteTransitions();
        }

        if (rows.Count > 0)
        {
            _engine.Advance(new Instant(rows[^1].Time), _transitions);
            WriteTransitions();
        }

        return Summary();
    }

    /// <summary>Takes in the rows of one patient and one time; a signal that stands there twice begins another reading.</summary>
    private int IngestReading(int index)
    {
        var first = _recording.Rows[index];
        var time = new Instant(first.Time);
        _reading.Values.Clear();
        _reading.DeviceTime = time;
        _reading.ReceivedTime = time;
        _reading.CorrectedTime = time;
        for (; index < _recording.Rows.Count; index++)
        {
            var row = _recording.Rows[index];
            if (row.Time != first.Time || row.Patient != first.Patient || _reading.Values.Exists(value => value.Signal == row.Signal))
            {
                break;
            }

            _reading.Values.Add(new SignalValue(row.Signal, row.Value, row.Quality));
        }

        _readings++;
        _engine.Ingest(_handles[first.Patient], _reading, _transitions);
        return index;
    }

    /// <summary>The transitions of one step come patient by patient; people read them by time.</summary>
    private void WriteTransitions()
    {
        if (_transitions.Count == 0)
        {
            return;
        }

        foreach (var transition in _transitions.OrderBy(transition => transition.Time))
        {
            _output.Write(transition);
        }

        _transitions.Clear();
    }

    private BacktestSummary Summary()
    {
        var end = _recording.Rows.Count > 0 ? _recording.Rows[^1].Time : 0;
        var days = _recording.Rows.GroupBy(row => row.Patient)
            .Sum(rows => TimeSpan.FromMilliseconds(rows.Max(row => row.Time) - rows.Min(row => row.Time)).TotalDays);
        return new BacktestSummary
        {
            Errors = [],
            Patients = _recording.Patients.Count,
            Readings = _readings,
            Values = _recording.Rows.Count,
            UnknownMetrics = _recording.Unknown,
            PatientDays = days,
            Rules = _output.RuleSummaries(days, new Instant(end)),
        };
    }
}
