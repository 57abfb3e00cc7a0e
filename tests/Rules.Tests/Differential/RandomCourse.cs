using System.Collections.Immutable;
using IoTGateway.Readings;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>
/// A random course of a few patients: bursts of one signal, gaps, readings of one instant, duplicates, late and out-of-order ones, no values,
/// questionable values, values on thresholds and one ulp beside them, jumps of the clock, ticks, and everything else that may happen to an engine.
/// </summary>
internal sealed class RandomCourse(Random random, int sets, int patients = 2)
{
    private const long Second = 1_000;

    /// <summary>A day into Unix time: late enough for anything late, and no round number of any pane.</summary>
    private const long Beginning = 86_400_000 + 7_000;

    private static readonly double[] Numbers = [30, 40, 50, 60, 70, 80, 90, 100, 110];

    private static readonly string[] Tags = ["t1", "t2"];

    /// <summary>The last is none that the rules know.</summary>
    private static readonly string[] LimitNames = ["low", "mid", "other"];

    /// <summary>What lies half way between two steps of a score that is rounded.</summary>
    private static readonly double[] Ties = [0.5, -0.5, 0.25, 0.05, -0.05, 5, -5];

    private readonly ImmutableArray<Signal> _signals = FuzzSignals.Catalogue.Signals;
    private readonly double[] _last = new double[FuzzSignals.Catalogue.Signals.Length];
    private readonly Queue<CourseInput> _ahead = new();
    private ReadingInput? _lastReading;
    private long _now = Beginning;

    /// <summary>A course of a length; it begins with the first set and everybody's admission.</summary>
    public ImmutableArray<CourseInput> Next(int length)
    {
        _ahead.Enqueue(new LoadInput(_now, 0));
        for (var patient = 0; patient < patients; patient++)
        {
            _ahead.Enqueue(Profile(patient));
        }

        var inputs = ImmutableArray.CreateBuilder<CourseInput>(length);
        while (inputs.Count < length)
        {
            if (_ahead.Count == 0)
            {
                Plan();
            }

            inputs.Add(_ahead.Dequeue());
        }

        return inputs.ToImmutable();
    }

    private void Plan()
    {
        _now += random.Next(40) switch
        {
            0 => Second * random.Next(60, 200),
            1 or 2 => Second * random.Next(5, 30),
            < 10 => 0,
            < 14 => random.Next(1, 2 * (int)Second),
            _ => Second,
        };
        var patient = random.Next(patients);
        switch (random.Next(120))
        {
            case 0:
                _ahead.Enqueue(new ResetInput(_now, Id(patient)));
                break;
            case 1:
                _ahead.Enqueue(new RemoveInput(_now, Id(patient)));
                _ahead.Enqueue(Profile(patient));
                break;
            case < 5:
                _ahead.Enqueue(Profile(patient));
                break;
            case < 8:
                _ahead.Enqueue(new LoadInput(_now, random.Next(sets)));
                break;
            case < 12:
                _ahead.Enqueue(new SnapshotInput(_now));
                if (_lastReading is { } before && Chance(3))
                {
                    _ahead.Enqueue(Other(before));
                }

                break;
            case 12:
                _ahead.Enqueue(new WaitAnewInput(_now));
                break;
            case < 30:
                _ahead.Enqueue(new AdvanceInput(_now + (Chance(10) ? random.Next(-2, 3) : 0)));
                break;
            case < 35:
                Burst(patient);
                break;
            case < 38 when _lastReading is { } last:
                _ahead.Enqueue(Chance(2) ? Other(last) : last with { Time = _now });
                break;
            default:
                _ahead.Enqueue(_lastReading = Reading(patient));
                break;
        }
    }

    /// <summary>One signal alone, second by second: its windows go on while all others stand still.</summary>
    private void Burst(int patient)
    {
        var signal = random.Next(4);
        for (var count = random.Next(3, 15); count > 0; count--)
        {
            _ahead.Enqueue(new ReadingInput(_now, Id(patient), _now, [Value(signal)]));
            _now += Second;
        }
    }

    private ReadingInput Reading(int patient)
    {
        var measured = _now - (random.Next(16) switch
        {
            0 => Second * random.Next(61, 90),
            1 => 60 * Second,
            2 => Second * random.Next(1, 40),
            3 => Second * random.Next(1, 3),
            4 => -Second * random.Next(1, 5),
            5 => random.Next(-3, 4),
            _ => 0,
        });
        var values = Enumerable.Range(0, _signals.Length).Where(_ => Chance(3)).Select(Value).ToImmutableArray();
        return new ReadingInput(_now, Id(patient), measured, values.IsEmpty ? [Value(random.Next(4))] : values);
    }

    /// <summary>Other values of the same moment.</summary>
    private ReadingInput Other(ReadingInput reading) =>
        reading with { Time = _now, Values = [.. reading.Values.Select(value => Value(value.Signal.Index))] };

    private SignalValue Value(int index)
    {
        var signal = _signals[index];
        var value = signal.Form switch
        {
            SignalForm.Letter => Chance(3) ? "CVPU"[random.Next(4)] : 'A',
            SignalForm.Switch => Chance(3) ? 2.5 : random.Next(2),
            _ => random.Next(16) switch
            {
                < 4 => _last[index],
                4 => 5,
                5 => 250,
                6 => double.NaN,
                7 => Chance(3) ? -100 : 0,
                8 => Math.BitIncrement(Numbers[random.Next(Numbers.Length)]),
                9 => Math.BitDecrement(Numbers[random.Next(Numbers.Length)]),
                10 => Numbers[random.Next(Numbers.Length)] + (random.Next(-10, 11) * 0.05),
                11 => Numbers[random.Next(Numbers.Length)] + Ties[random.Next(Ties.Length)],
                _ => Numbers[random.Next(Numbers.Length)],
            },
        };
        _last[index] = value;
        var quality = SignalJudge.Judge(signal, value);
        return new SignalValue(signal, value, quality == Quality.Valid && Chance(20) ? Quality.Questionable : quality);
    }

    private ProfileInput Profile(int patient)
    {
        ImmutableArray<string> monitored = [.. _signals.Select(signal => signal.Id).Where(_ => Chance(2))];
        ImmutableArray<string> tags = [.. Tags.Where(_ => Chance(3))];
        ImmutableArray<PatientLimit> limits = [.. LimitNames.Where(_ => Chance(3)).Select(name => new PatientLimit(name, random.Next(1, 13) * 10, "somebody"))];
        return new ProfileInput(_now, new PatientProfile(Id(patient), Chance(2) ? "ICU" : "Ward", tags, monitored)
        {
            Population = (Population)random.Next(4),
            Limits = limits,
        });
    }

    private static string Id(int patient) => $"p{patient}";

    private bool Chance(int oneIn) => random.Next(oneIn) == 0;
}
