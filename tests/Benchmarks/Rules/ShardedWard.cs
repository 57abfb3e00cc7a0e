using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>A sharded engine with patients on it that gets the readings of <see cref="WardEngine"/> in batches.</summary>
internal sealed class ShardedWard : IDisposable
{
    private readonly VitalsCourse _course;
    private readonly ShardedRuleEngine _engine;
    private readonly Signal[] _signals;
    private readonly int[] _handles;
    private readonly int[] _order;
    private readonly Reading[] _readings;
    private readonly List<(int Patient, Reading Reading)> _batch = [];
    private readonly List<AlertTransition> _output = [];
    private int _second = 1;

    public ShardedWard(VitalsCourse course, RuleSet rules, int patients, int shards, int batch)
    {
        _course = course;
        _engine = new ShardedRuleEngine(shards);
        _signals = WardEngine.SignalsOf(rules);
        _order = WardEngine.Order(patients * _signals.Length);
        _readings = [.. Enumerable.Range(0, batch).Select(_ => new Reading())];
        Array.ForEach(_readings, reading => reading.Values.Add(default));
        _engine.Load(rules, VitalsCourse.At(0), _output);
        _handles = [.. Enumerable.Range(0, patients).Select(patient => _engine.SetPatient(WardEngine.Profile(patient), VitalsCourse.At(0), _output))];
    }

    /// <summary>How many readings a second has.</summary>
    public int ReadingsPerSecond => _order.Length;

    /// <summary>One second of everybody, then a tick.</summary>
    public void Step()
    {
        foreach (var place in _order)
        {
            var (patient, signal) = Math.DivRem(place, _signals.Length);
            var reading = _readings[_batch.Count];
            reading.CorrectedTime = reading.ReceivedTime = VitalsCourse.At(_second);
            reading.Values[0] = new SignalValue(_signals[signal], _course.Value(patient, signal, _second), Quality.Valid);
            _batch.Add((_handles[patient], reading));
            if (_batch.Count == _readings.Length)
            {
                TakeBatch();
            }
        }

        TakeBatch();
        _engine.Advance(VitalsCourse.At(_second), _output);
        _second++;
    }

    public void Dispose() => _engine.Dispose();

    private void TakeBatch()
    {
        _engine.IngestMany(_batch, _output);
        _batch.Clear();
        _output.Clear();
    }
}
