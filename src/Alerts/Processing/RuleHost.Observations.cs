using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Observations;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Processing;

/// <content>
/// What people observe. To the rules it is a reading that is never late. It says nothing of devices: neither that one is silent no more, nor that the patient
/// is monitored.
/// </content>
internal sealed partial class RuleHost
{
    private readonly Reading _byHand = new();

    // Part of the state: it says what counts when an observation is taken back.
    private ObservationHistory _observations = new();

    /// <summary>Where a patient lay at a time, as far as it is known; else where the patient lies now.</summary>
    public AlertPlace? PlaceOf(string patient, Instant at) => FindPatient(patient) is not { } state ? null
        : state.Device is null && _census.BedOf(patient, at) is { } bed ? new AlertPlace(bed.Ward, bed.Id)
        : state.Place;

    /// <summary>What scores of a patient need and no device of the patient has sent for as long as it is valid, by the order of the catalogue.</summary>
    public IReadOnlyList<DueObservation> DueObservations(string patient, Instant now)
    {
        if (_engine.Rules is not { } rules || FindPatient(patient) is not { } state)
        {
            return [];
        }

        var latest = _engine.LatestValues(patient).ToDictionary(value => value.Signal.Id, StringComparer.Ordinal);
        var due = new List<DueObservation>();
        foreach (var signal in rules.SignalsOfScores(state.Profile))
        {
            if (!latest.TryGetValue(signal.Id, out var value))
            {
                due.Add(new DueObservation(signal, null, null));
                continue;
            }

            Instant? dueAt = signal.ValidFor is { } validFor ? value.Time + validFor : null;
            var isByHand = _observations.NewestOf(patient, signal.Id)?.Taken == value.Time;
            if (isByHand || dueAt <= now)
            {
                due.Add(new DueObservation(signal, value.Time, dueAt ?? Instant.MaxValue));
            }
        }

        return due;
    }

    /// <summary>
    /// For a host that begins anew: what people have observed, as far as the log still has it, counts for whoever is admitted after this. A device sends again;
    /// people would have to look again.
    /// </summary>
    public void RecallObservations(LogView log, LogPosition before)
    {
        using var reader = log.OpenReader(log.Start, RecordKinds.Of(RecordKind.Observation));
        while (reader.TryRead(out var frame) && frame.Position < before)
        {
            foreach (var record in frame)
            {
                _observations.TryApply(ObservationRecord.Read(record.Body));
            }
        }
    }

    private void ApplyObservation(in LogRecord record, IHostOutput output)
    {
        // Only the gateway writes these, so one that cannot be read is no matter of a dead letter, as with a census.
        var read = ObservationRecord.Read(record.Body);
        if (!_observations.TryApply(read) || !_patients.TryGetValue(read.Observation.Patient, out var patient))
        {
            return;
        }

        var time = new Instant(record.TimeUnixMilliseconds);
        var (observation, before) = (read.Observation, read.Before);
        var isSameTime = before?.Taken == observation.Taken;
        if (before is not null)
        {
            var gone = before.Values.Where(value => observation.Retracted is not null || !isSameTime || !observation.Values.Any(kept => kept.Signal == value.Signal)).ToList();
            TellByHand(patient, before.Taken, gone, time, isRetracted: true, output);
            TellWhatCountsAgain(patient, gone, time, output);
        }

        if (observation.Retracted is null)
        {
            // What was said already is not said again: it would stand in windows twice.
            TellByHand(patient, observation.Taken, observation.Values.Where(value => !(isSameTime && before!.Values.Contains(value))), time, isRetracted: false, output);
        }
    }

    /// <summary>The rules have forgotten the patient, or did not know one: what people have observed counts all the same.</summary>
    private void TellObservations(PatientState patient, Instant time, IHostOutput output)
    {
        foreach (var record in _observations.Of(patient.Key).Where(record => record.Observation.Retracted is null).Reverse())
        {
            var newest = record.Observation.Values.Where(value => _observations.NewestOf(patient.Key, value.Signal)?.Taken == record.Observation.Taken);
            TellByHand(patient, record.Observation.Taken, newest, time, isRetracted: false, output);
        }
    }

    /// <summary>Where a value was taken back, an older observation counts again. (An older value of a device is not kept: it comes again by itself.)</summary>
    private void TellWhatCountsAgain(PatientState patient, IReadOnlyList<ObservedValue> values, Instant time, IHostOutput output)
    {
        var known = LatestValues(patient.Key).Select(value => value.Signal.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var value in values.Where(value => !known.Contains(value.Signal)))
        {
            if (_observations.NewestOf(patient.Key, value.Signal) is { } older)
            {
                TellByHand(patient, older.Taken, [new ObservedValue(value.Signal, older.Value)], time, isRetracted: false, output);
            }
        }
    }

    private void TellByHand(PatientState patient, Instant taken, IEnumerable<ObservedValue> values, Instant time, bool isRetracted, IHostOutput output)
    {
        if (_engine.Rules is not { } rules)
        {
            return;
        }

        _byHand.IsTakenByHand = true;
        _byHand.ReceivedTime = time;
        _byHand.CorrectedTime = taken;
        _byHand.Values.Clear();
        foreach (var value in values)
        {
            if (rules.Catalogue.Find(value.Signal) is { OfDevice: false } signal)
            {
                var judged = ObservedSignal.ToSignalValue(signal, value.Value);
                _byHand.Values.Add(isRetracted ? judged with { Quality = Quality.Retracted } : judged);
            }
        }

        Ingest(patient, _byHand, output);
    }
}
