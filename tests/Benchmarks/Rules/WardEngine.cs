using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Benchmarks.Rules;

/// <summary>Our engine with patients on it of whom each signal comes once a second, each in a reading of its own, patients and signals in random order.</summary>
internal sealed class WardEngine
{
    private const int MostKept = 256;

    private readonly VitalsCourse _course;
    private readonly Signal[] _signals;
    private readonly int[] _handles;
    private readonly int[] _order;
    private readonly PatientProfile[] _profiles;
    private readonly Reading _reading = new();

    public WardEngine(VitalsCourse course, RuleSet rules, int patients)
    {
        _course = course;
        _signals = SignalsOf(rules);
        _handles = new int[patients];
        _profiles = [.. Enumerable.Range(0, patients).Select(Profile)];
        _order = Order(patients * _signals.Length);
        _reading.Values.Add(default);
        Engine.Load(rules, VitalsCourse.At(0), Output);
    }

    public RuleEngine Engine { get; } = new();

    public List<AlertTransition> Output { get; } = [];

    /// <summary>The second that comes next.</summary>
    public int Second { get; private set; } = 1;

    /// <summary>How many transitions have been told in <see cref="Step"/>.</summary>
    public long Told { get; private set; }

    /// <summary>How many readings a second has.</summary>
    public int ReadingsPerSecond => _order.Length;

    /// <summary>A patient of whom heart rate and saturation are expected.</summary>
    public static PatientProfile Profile(int patient) => new($"patient-{patient}", "ICU", [], ["hr", "spo2"]) { Population = Population.Adult };

    /// <summary>The signals in the order of the course.</summary>
    public static Signal[] SignalsOf(RuleSet rules) => Array.ConvertAll(WardRules.Signals, name => rules.Catalogue.Find(name)!);

    /// <summary>An order of the readings of a second, the same in every run and on both sides.</summary>
    public static int[] Order(int readings)
    {
        int[] order = [.. Enumerable.Range(0, readings)];
        new Random(2).Shuffle(order);
        return order;
    }

    /// <summary>Admits everybody; once, before anything else.</summary>
    public void Admit()
    {
        for (var patient = 0; patient < _handles.Length; patient++)
        {
            _handles[patient] = Engine.SetPatient(_profiles[patient], VitalsCourse.At(0), Output);
        }
    }

    /// <summary>One second of everybody, then a tick.</summary>
    public void Step()
    {
        for (var index = 0; index < _order.Length; index++)
        {
            Ingest(index);
            DrainSome();
        }

        Advance();
        Drain();
    }

    /// <summary>The same, and what is told stays for the caller.</summary>
    public void StepKeeping()
    {
        for (var index = 0; index < _order.Length; index++)
        {
            Ingest(index);
        }

        Advance();
    }

    /// <summary>One reading of the present second.</summary>
    /// <param name="index">Its place in the order of the readings.</param>
    public void Ingest(int index)
    {
        var (patient, signal) = Math.DivRem(_order[index], _signals.Length);
        _reading.CorrectedTime = _reading.ReceivedTime = VitalsCourse.At(Second);
        _reading.Values[0] = new SignalValue(_signals[signal], _course.Value(patient, signal, Second), Quality.Valid);
        Engine.Ingest(_handles[patient], _reading, Output);
    }

    /// <summary>Reads what is told if it is some.</summary>
    public void DrainSome()
    {
        if (Output.Count > MostKept)
        {
            Drain();
        }
    }

    /// <summary>Somebody reads what is told from time to time and keeps nothing of it.</summary>
    private void Drain()
    {
        Told += Output.Count;
        Output.Clear();
    }

    /// <summary>The second is over.</summary>
    public void Advance()
    {
        Engine.Advance(VitalsCourse.At(Second), Output);
        Second++;
    }
}
