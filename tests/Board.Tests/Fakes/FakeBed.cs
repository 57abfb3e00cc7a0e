using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>A bed that a test fills. Values keep a fixed age, as those of a device that goes on sending do, or a fixed time.</summary>
internal sealed class FakeBed(string ward, string bed, string? patient, params string[] devices)
{
    private readonly Dictionary<string, Func<Instant, LatestValue>> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceView> _devices = devices.ToDictionary(name => name, name => new DeviceView(name, true, null), StringComparer.Ordinal);
    private readonly List<AlertStatus> _alerts = [];

    public string Bed => bed;

    public string? NotMonitored { get; set; }

    public IReadOnlyList<string> Monitored { get; set; } = [];

    public IReadOnlyList<string> Tags { get; set; } = [];

    public string Population { get; set; } = "";

    public string? Late { get; set; }

    public string? ScoresOff { get; set; }

    public PatientCare Care { get; set; } = PatientCare.Ordinary;

    public ScoreView? Score { get; set; }

    public string? Patient => patient;

    public IReadOnlyList<AlertStatus> Alerts => _alerts;

    /// <summary>A value that was always measured <paramref name="age"/> ago.</summary>
    public FakeBed Has(string signal, double value, TimeSpan? age = null, Quality quality = Quality.Valid)
    {
        _values[signal] = now => new LatestValue(TestSignals.Get(signal), value, quality, now - (age ?? TimeSpan.FromSeconds(1)));
        return this;
    }

    /// <summary>A value that was measured at a fixed time.</summary>
    public FakeBed HadAt(string signal, double value, Instant time, Quality quality = Quality.Valid)
    {
        _values[signal] = _ => new LatestValue(TestSignals.Get(signal), value, quality, time);
        return this;
    }

    public FakeBed Device(string device, bool? online, Instant? lastReading)
    {
        _devices[device] = new DeviceView(device, online, lastReading);
        return this;
    }

    public FakeBed IsNotMonitored(string reason)
    {
        NotMonitored = reason;
        return this;
    }

    /// <summary>Puts an alert there, or another state of the same one.</summary>
    public FakeBed Alert(AlertStatus alert)
    {
        var place = _alerts.FindIndex(other => other.Id == alert.Id);
        if (place >= 0)
        {
            _alerts[place] = alert;
        }
        else
        {
            _alerts.Add(alert);
        }

        _alerts.Sort((left, right) => right.Priority.CompareTo(left.Priority));
        return this;
    }

    public void End(string alertId) => _alerts.RemoveAll(alert => alert.Id == alertId);

    /// <summary>An alert of this bed with ordinary content.</summary>
    public AlertStatus NewAlert(
        string name, AlertPriority priority, Instant since, string value = "", string limit = "", AlertKind kind = AlertKind.Physiological, int episode = 1)
    {
        var slug = name.ToLowerInvariant().Replace(' ', '-');
        var whose = patient ?? devices[0];
        return new AlertStatus
        {
            Id = $"{whose}:{slug}",
            Episode = $"{whose}:{slug}:{episode}",
            Alert = name,
            Slug = slug,
            Patient = whose,
            Ward = ward,
            Bed = bed,
            Priority = priority,
            Kind = kind,
            State = AlertState.Active,
            Since = since,
            Changed = since,
            Value = value,
            Limit = limit,
            Message = "",
            Reason = $"{name} {value}",
            RuleSet = "ab12cd34ef",
        };
    }

    public TileView ToTile(Instant now) => new(
        ward,
        bed,
        patient,
        [.. _values.Values.Select(make => make(now))],
        [.. _alerts],
        NotMonitored,
        [.. _devices.Values.Select(device => device with { LastReading = device.LastReading ?? now })],
        Late)
    {
        ScoresOff = ScoresOff,
        Care = Care,
        Monitored = Monitored,
        Tags = Tags,
        Population = Population,
        Score = Score,
    };
}
