using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>
/// A random course of events for a few patients: readings with gaps, repeats, no values, questionable and out-of-order ones, device alarms,
/// ticks, admissions, discharges and changes of device. The same seed gives the same course.
/// </summary>
/// <param name="rules">The rules.</param>
/// <param name="seed">Where randomness begins.</param>
/// <param name="patients">How many patients there are.</param>
/// <param name="isPrompt">Whether every reading comes at the moment it was measured.</param>
internal sealed class RandomWard(RuleSet rules, int seed, int patients = 3, bool isPrompt = false)
{
    private static readonly double[] ValuesOfA = [0, -1, double.NaN, 5, 48, 49, 50, 51, 90, 95, 96, 100, 101, 110, 111, 250];

    private static readonly string[] Signals = ["a", "b", "c", "d", "v", "o"];

    private readonly Random _random = new(seed);
    private readonly int[] _handles = new int[patients];
    private double _now;

    public IRuleEngine Engine { get; set; } = new RuleEngine();

    public List<AlertTransition> Output { get; } = [];

    /// <summary>Loads the rules and admits everybody.</summary>
    public void Begin()
    {
        Engine.Load(rules, Now, Output);
        for (var patient = 0; patient < patients; patient++)
        {
            Admit(patient);
        }
    }

    /// <summary>The present moment.</summary>
    public Instant Now => TestWard.At(_now);

    /// <summary>One more event.</summary>
    public void Step()
    {
        _now += _random.Next(20) switch
        {
            0 => _random.Next(30, 200),
            < 6 => 0,
            < 12 => _random.Next(1, 50) / 10.0,
            _ => 1,
        };
        var patient = _random.Next(patients);
        switch (_random.Next(60))
        {
            case 0:
                Engine.ResetPatient($"p{patient}", Now, "another device", Output);
                break;
            case 1:
                Engine.RemovePatient($"p{patient}", Now, "discharged", Output);
                Admit(patient);
                break;
            case 2:
                Admit(patient);
                break;
            case < 15:
                Engine.Advance(Now, Output);
                break;
            default:
                Ingest(patient);
                break;
        }
    }

    /// <summary>What was said of one patient.</summary>
    public string[] Lines(string patient) => [.. Lines().Where(line => line.Contains($"Patient = {patient},", StringComparison.Ordinal))];

    public string[] Lines() => [.. Output.Select(transition => transition.ToString().Replace(transition.Rule.ToString()!, transition.Rule.Name, StringComparison.Ordinal))];

    private void Admit(int patient)
    {
        string[] monitored = [.. Signals.Take(2).Where(_ => _random.Next(2) == 0)];
        string[] tags = _random.Next(2) == 0 ? ["t"] : [];
        var profile = new PatientProfile($"p{patient}", _random.Next(2) == 0 ? "ICU" : "HDU", [.. tags], [.. monitored])
        {
            Limits = _random.Next(4) == 0 ? [new PatientLimit("high", _random.Next(80, 130), "somebody")] : [],
        };
        _handles[patient] = Engine.SetPatient(profile, Now, Output);
    }

    private void Ingest(int patient)
    {
        // Some come late, some only out of order.
        var back = isPrompt ? 0 : _random.Next(8) == 0 ? _random.Next(1, 100) : _random.Next(8) == 0 ? 0.5 : 0;
        var reading = new Reading { ReceivedTime = Now, CorrectedTime = TestWard.At(_now - back), DeviceTime = TestWard.At(_now - back) };
        foreach (var name in Signals)
        {
            if (_random.Next(3) == 0)
            {
                var signal = rules.Catalogue.Find(name)!;
                var value = name switch
                {
                    "a" => ValuesOfA[_random.Next(ValuesOfA.Length)],
                    "v" => "ACVPU"[_random.Next(5)],
                    "o" => _random.Next(2),
                    _ => _random.Next(0, 250),
                };
                reading.Values.Add(new SignalValue(signal, value, SignalJudge.Judge(signal, value)));
            }
        }

        if (_random.Next(10) == 0)
        {
            reading.DeviceAlarms.Add("Leads off");
        }

        Engine.Ingest(_handles[patient], reading, Output);
    }
}
