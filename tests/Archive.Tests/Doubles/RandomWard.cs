using System.Text;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Doubles;

/// <summary>A ward in which anything happens, from a seed: alerts that come, waver, are held back, answered and end, and patients that move.</summary>
internal sealed class RandomWard
{
    private static readonly string[] Alerts = ["SpO2 low", "Apnoea", "No data", "Battery low"];
    private static readonly (string Ward, string Bed)[] Beds = [("ICU", "ICU-1"), ("ICU", "ICU-2"), ("Ward 3", "W-1"), ("Ward 3", "W-2")];

    private readonly Random _random;
    private readonly Instant _start;
    private readonly Dictionary<long, AlertStatus> _standing = [];
    private readonly Dictionary<string, (string Ward, string Bed)> _places = [];
    private Instant _time;
    private long _position = 100;
    private long _episodes;

    /// <summary>Lets things happen.</summary>
    /// <param name="seed">The same seed gives the same.</param>
    /// <param name="start">When it begins.</param>
    /// <param name="steps">How many things happen; they are spread over two days.</param>
    public RandomWard(int seed, Instant start, int steps)
    {
        _random = new Random(seed);
        (_start, _time) = (start, start);
        AddCensus();
        var mean = TimeSpan.FromDays(2).TotalMilliseconds / steps;
        for (var step = 0; step < steps; step++)
        {
            _time = new Instant(_time.UnixMilliseconds + _random.NextInt64((long)(2 * mean)));
            Step();
        }
    }

    /// <summary>What happened, in the order of the log.</summary>
    public List<ArchiveRecord> Records { get; } = [];

    /// <summary>The alert events among them.</summary>
    public List<AlertEvent> Events { get; } = [];

    /// <summary>The censuses among them.</summary>
    public List<CensusRecord> Censuses { get; } = [];

    private void Step()
    {
        var dice = _random.Next(100);
        if (dice < 2)
        {
            AddCensus();
        }
        else if (dice < 3)
        {
            Add(RecordKind.RuleSet, new RuleSetRecord($"v{_random.Next(9)}", []) { Step = (RuleSetStep)_random.Next(7), By = "CD", At = _time }.Write());
        }
        else if (dice < 4)
        {
            Add(_random.Next(2) == 0 ? RecordKind.AlertEvent : RecordKind.Care, Encoding.UTF8.GetBytes("not a record"));
        }
        else if (_standing.Count == 0 || (dice < 30 && _standing.Count < 12))
        {
            Raise();
        }
        else
        {
            Change();
        }
    }

    private void Raise()
    {
        var patient = $"p{_random.Next(4) + 1}";
        var (ward, bed) = _places.TryGetValue(patient, out var place) ? place : (Assignment.UnassignedWard, "");
        var alert = Alerts[_random.Next(Alerts.Length)];
        var number = ++_episodes;
        Emit(number, AlertState.Unknown, AlertChange.Entered, Status(alert, patient, number, ward, bed) with
        {
            State = _random.Next(3) == 0 ? AlertState.Pending : AlertState.Active,
            Priority = (AlertPriority)_random.Next(1, 4),
            Kind = alert[0] is 'N' or 'B' ? AlertKind.Technical : AlertKind.Physiological,
            Suppressed = _random.Next(5) == 0,
            Hold = _random.Next(8) == 0 ? PatientHold.Pause : PatientHold.None,
            Shadow = _random.Next(12) == 0,
            Since = _time,
            Changed = _time,
        });
    }

    private void Change()
    {
        var (number, status) = _standing.ElementAt(_random.Next(_standing.Count));
        var previous = status.State;
        var (change, next) = _random.Next(9) switch
        {
            0 => (AlertChange.Updated, status with { Priority = (AlertPriority)_random.Next(1, 4) }),
            1 => (AlertChange.Updated, status with { Suppressed = !status.Suppressed }),
            2 => (AlertChange.Updated, status with { Hold = status.Hold == PatientHold.None ? PatientHold.Pause : PatientHold.None }),
            3 => (AlertChange.Updated, status.Silence is null ? status with { Silence = new Silence("AB", "why", _time, _time + TimeSpan.FromMinutes(2)) } : status with { Silence = null }),
            4 => (AlertChange.Acknowledged, status with { Acknowledgement = new Acknowledgement("AB", _time, "note") }),
            5 => (AlertChange.Updated, status with { Acknowledgement = null }),
            6 => (AlertChange.Moved, status with { Bed = "ICU-2", Ward = "ICU" }),
            7 => (AlertChange.Entered, status with { State = previous == AlertState.Active ? AlertState.Clearing : AlertState.Active, Changed = _time }),
            _ => (AlertChange.Entered, status with { State = _random.Next(3) == 0 ? AlertState.Latched : AlertState.Ended, Changed = _time }),
        };
        Emit(number, previous, change, next);
    }

    private void Emit(long number, AlertState previous, AlertChange change, AlertStatus status)
    {
        var happened = Event(status, 0, previous, change, number, change == AlertChange.Acknowledged ? "AB" : "") with { Number = Events.Count + 1, Time = _time, Recorded = _time };
        Events.Add(happened);
        _standing[number] = status;
        if (status.State == AlertState.Ended)
        {
            _standing.Remove(number);
        }

        Records.Add(Record(NextPosition(), happened));
    }

    /// <summary>Every patient lies in another bed or in none; one in five censuses corrects what was.</summary>
    private void AddCensus()
    {
        _places.Clear();
        var beds = new List<Bed>();
        var patients = Enumerable.Range(1, 4).Select(number => $"p{number}").ToArray();
        _random.Shuffle(patients);
        for (var index = 0; index < Beds.Length; index++)
        {
            var patient = _random.Next(4) == 0 ? null : patients[index];
            beds.Add(new Bed(Beds[index].Bed, Beds[index].Ward, patient, [$"m{index}"], [], []));
            if (patient is not null)
            {
                _places[patient] = Beds[index];
            }
        }

        var from = Censuses.Count > 0 && _random.Next(5) == 0 ? new Instant(_random.NextInt64(_start.UnixMilliseconds, _time.UnixMilliseconds + 1)) : _time;
        Censuses.Add(new CensusRecord(from, new WardCensus([.. beds])));
        Add(RecordKind.Census, Censuses[^1].Write());
    }

    private void Add(RecordKind kind, byte[] body) => Records.Add(new ArchiveRecord(new LogPosition(NextPosition()), kind, "", _time, body));

    private long NextPosition() => _position += _random.Next(1, 1_000);
}
