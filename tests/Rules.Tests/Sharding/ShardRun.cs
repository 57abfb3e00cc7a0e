using System.Buffers;
using System.Globalization;
using IoTGateway.Rules.Tests.Differential;

namespace IoTGateway.Rules.Tests.Sharding;

/// <summary>A course that happens to an engine, batch by batch, and everything the engine lets be seen meanwhile.</summary>
/// <param name="newEngine">Makes the first engine, and those that go on from a saved state, by their number.</param>
/// <param name="sets">The rule sets of the course.</param>
internal sealed class ShardRun(Func<int, IRuleEngine> newEngine, RuleSet[] sets) : IDisposable
{
    private readonly Dictionary<string, int> _handles = new(StringComparer.Ordinal);
    private readonly List<(int Patient, Readings.Reading Reading)> _batch = [];
    private IRuleEngine _engine = newEngine(0);
    private int _snapshots;

    /// <summary>What was told, input by input; all readings up to the next other input are one.</summary>
    public List<AlertTransition[]> Told { get; } = [];

    /// <summary>The states that were saved.</summary>
    public List<byte[]> States { get; } = [];

    /// <summary>What else an engine answers: handles, whether time has changed anything, whether patients wait for new rules, explanations and values.</summary>
    public List<string> Answers { get; } = [];

    /// <summary>Lets all inputs happen; readings that follow each other in batches.</summary>
    public ShardRun Play(IEnumerable<CourseInput> inputs)
    {
        foreach (var input in inputs)
        {
            if (input is ReadingInput reading)
            {
                if (_handles.TryGetValue(reading.Patient, out var handle))
                {
                    _batch.Add((handle, reading.Reading()));
                }

                continue;
            }

            TakeBatch();
            Told.Add(Take(input));
            Answers.Add(_engine.IsMigrating.ToString());
        }

        TakeBatch();
        foreach (var patient in _handles.Keys.Order(StringComparer.Ordinal))
        {
            Answers.AddRange(_engine.LatestValues(patient).Select(value => value.ToString()));
            Answers.AddRange(_engine.Rules!.Rules.Select(rule => ShortOf(_engine.Explain(patient, rule.Name))));
        }

        return this;
    }

    public void Dispose() => (_engine as IDisposable)?.Dispose();

    private AlertTransition[] Take(CourseInput input)
    {
        var (time, output) = (new Readings.Instant(input.Time), new List<AlertTransition>());
        switch (input)
        {
            case AdvanceInput:
                Answers.Add(_engine.Advance(time, output).ToString());
                break;
            case LoadInput load:
                _engine.Load(sets[load.Set], time, output);
                break;
            case ProfileInput profile:
                _handles[profile.Profile.Patient] = _engine.SetPatient(profile.Profile, time, output);
                Answers.Add(_handles[profile.Profile.Patient].ToString(CultureInfo.InvariantCulture));
                break;
            case ResetInput reset:
                _engine.ResetPatient(reset.Patient, time, "another device", output);
                break;
            case RemoveInput remove:
                _engine.RemovePatient(remove.Patient, time, "discharged", output);
                _handles.Remove(remove.Patient);
                break;
            case WaitAnewInput:
                _engine.WaitAnew(time);
                break;
            case SnapshotInput when !_engine.IsMigrating && _engine.Rules is { } rules:
                GoOn(rules);
                break;
        }

        return [.. output];
    }

    private void GoOn(RuleSet rules)
    {
        var state = new ArrayBufferWriter<byte>();
        _engine.Save(state);
        States.Add(state.WrittenSpan.ToArray());
        Dispose();
        _engine = newEngine(++_snapshots);
        _engine.Restore(rules, state.WrittenSpan);
    }

    private void TakeBatch()
    {
        var output = new List<AlertTransition>();
        if (_engine is ShardedRuleEngine sharded)
        {
            sharded.IngestMany(_batch, output);
        }
        else
        {
            _batch.ForEach(reading => _engine.Ingest(reading.Patient, reading.Reading, output));
        }

        Told.Add([.. output]);
        _batch.Clear();
    }

    private static string ShortOf(Explanation? it) => $"{it?.Rule.Name} {it?.State} {it?.Priority} {it?.At} {it?.Since} {it?.Due}";
}
