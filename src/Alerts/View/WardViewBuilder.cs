using System.Globalization;
using IoTGateway.Alerts.Processing;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.View;

/// <summary>Copies what there is to show out of the rules' state. Called while nobody changes that state.</summary>
internal sealed class WardViewBuilder(RuleHost host, AlertLedger ledger, CareLedger care, AlertServiceOptions options, Instant now, string? allStopped)
{
    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);

    public IReadOnlyList<TileView> Tiles()
    {
        var own = host.Patients.Where(patient => patient.Device is not null).ToLookup(patient => patient.Device!, StringComparer.Ordinal);
        var tiles = new List<TileView>(host.Census.Beds.Length);
        foreach (var bed in host.Census.Beds)
        {
            tiles.Add(bed.Patient is { } patient ? OfPatient(bed, patient) : OfEmptyBed(bed, [.. bed.Devices.SelectMany(device => own[device])]));
        }

        var unassigned = own.SelectMany(group => group).Where(patient => patient.Place.Ward == Assignment.UnassignedWard);
        tiles.AddRange(unassigned.OrderBy(patient => patient.Device, StringComparer.Ordinal).Select(OfUnassigned));
        tiles.AddRange(ledger.PatientsShown.Where(patient => !_shown.Contains(patient)).Select(OfGone));
        return tiles;
    }

    private TileView OfPatient(Bed bed, string patient)
    {
        var state = host.FindPatient(patient);
        return new TileView(
            bed.Ward,
            bed.Id,
            patient,
            host.LatestValues(patient),
            AlertsOf(patient),
            NotMonitored(state, bed.Devices.Length),
            [.. bed.Devices.Select(DeviceOf)],
            state?.Late.Text())
        {
            Monitored = bed.Monitored,
            Tags = bed.Tags,
            Population = bed.Population,
            Score = ScoreOf(patient),
            ScoresOff = state is null ? null : host.Rules?.ScoresOffFor(state.Profile),
            Care = care.Of(patient),
        };
    }

    /// <summary>The first of the files: a tile has room for one.</summary>
    private ScoreView? ScoreOf(string patient) => host.LatestScores(patient) is [var score, ..]
        ? new ScoreView(score.Name, (int)Math.Round(score.Lowest), (int)Math.Round(score.Highest), score.HighestPart >= 3)
        : null;

    /// <summary>Nobody lies there as far as the census knows; what its devices send is shown all the same.</summary>
    private TileView OfEmptyBed(Bed bed, IReadOnlyList<PatientState> own) => new(
        bed.Ward,
        bed.Id,
        Patient: null,
        [.. own.SelectMany(patient => host.LatestValues(patient.Key))],
        [.. own.SelectMany(patient => AlertsOf(patient.Key)).Order(MostUrgentFirst)],
        NotMonitored: null,
        [.. bed.Devices.Select(DeviceOf)],
        Late: null);

    private TileView OfUnassigned(PatientState patient) => new(
        patient.Place.Ward,
        Bed: "",
        patient.Key,
        host.LatestValues(patient.Key),
        AlertsOf(patient.Key),
        NotMonitored(patient, deviceCount: 1),
        [DeviceOf(patient.Device!)],
        patient.Late.Text())
    {
        Care = care.Of(patient.Key),
    };

    /// <summary>An alert that nobody can see is a forgotten one: it has a tile although its patient has none any more.</summary>
    private TileView OfGone(string patient)
    {
        var alerts = AlertsOf(patient);
        var notMonitored = patient == BuiltInAlerts.Gateway ? null : "This patient or device is not known any more.";
        return new TileView(alerts[0].Ward, alerts[0].Bed, patient, [], alerts, notMonitored, [], Late: null);
    }

    private AlertStatus[] AlertsOf(string patient)
    {
        _shown.Add(patient);
        return [.. ledger.AlertsOf(patient).Where(alert => !alert.Shadow).Order(MostUrgentFirst)];
    }

    private DeviceView DeviceOf(string name)
    {
        var device = host.FindDevice(name);
        return new DeviceView(name, device?.Online, device?.LastReading);
    }

    private string? NotMonitored(PatientState? patient, int deviceCount)
    {
        if (allStopped is not null)
        {
            return allStopped;
        }

        if (patient?.Quarantine is not null)
        {
            return "The rules stopped for this patient because of an error.";
        }

        if (patient is not null && care.Of(patient.Key).Standby is { } standby)
        {
            return $"Standby by {standby.By}: {standby.Reason}.";
        }

        if (deviceCount == 0)
        {
            return "No device stands at this bed.";
        }

        var late = patient?.LastLate is { } came && now - came <= options.NoLiveReadingAfter;
        if (patient?.LastLive is not { } last)
        {
            return late ? "Readings come late: the device's clock is wrong, or it sends what it has kept." : "No reading has come yet.";
        }

        var silence = now - last;
        return silence <= options.NoLiveReadingAfter ? null : $"No live reading for {InWords(silence)}{(late ? "; readings come late" : "")}.";
    }

    /// <summary>Raised before pending, then by priority, then what nobody has seen, then the oldest.</summary>
    public static IComparer<AlertStatus> MostUrgentFirst { get; } = Comparer<AlertStatus>.Create((left, right) =>
    {
        var order = (left.State == AlertState.Pending).CompareTo(right.State == AlertState.Pending);
        order = order != 0 ? order : right.Priority.CompareTo(left.Priority);
        order = order != 0 ? order : (left.Acknowledgement is not null).CompareTo(right.Acknowledgement is not null);
        order = order != 0 ? order : left.Since.CompareTo(right.Since);
        return order != 0 ? order : string.CompareOrdinal(left.Id, right.Id);
    });

    public static string InWords(TimeSpan span) => span switch
    {
        { TotalHours: >= 24 } => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalDays} d"),
        { TotalMinutes: >= 60 } => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalHours} h"),
        { TotalSeconds: >= 120 } => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalMinutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(long)span.TotalSeconds} s"),
    };
}
