using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Alerts.Processing;

/// <content>Who is where: admits, moves and discharges patients.</content>
internal sealed partial class RuleHost
{
    private void ApplyCensus(in LogRecord record, IHostOutput output)
    {
        // Only the gateway writes these, so one that cannot be read is no matter of a dead letter: going on with an older census would give
        // readings to the wrong patient.
        var read = CensusRecord.Read(record.Body);
        var time = new Instant(record.TimeUnixMilliseconds);
        var before = Census;
        _census.Apply(record.Position.Address, read.From, read.Census, read.Note);
        var beds = Census.Beds.Where(bed => bed.Patient is not null).ToDictionary(bed => bed.Patient!, StringComparer.Ordinal);
        foreach (var patient in _patients.Values.OrderBy(patient => patient.Key, StringComparer.Ordinal).ToArray())
        {
            if (patient.Device is null)
            {
                if (!beds.ContainsKey(patient.Key))
                {
                    Discharge(patient, time, WhyGone(read.Note), output);
                }
            }
            else
            {
                Reconsider(patient, beds, time, output);
            }
        }

        foreach (var bed in Census.Beds.Where(bed => bed.Patient is not null))
        {
            Place(bed, before, time, output);
        }

        FollowDevices(before, time, output);
        _notFollowed.RemoveWhere(device => HasRoomForOwn || Census.BedOf(device) is not null);
    }

    private static string WhyGone(CensusNote? note) => note switch
    {
        { Kind: CensusNoteKind.Discharge } => $"discharged by {note.By}{(note.Reason.Length > 0 ? ": " : "")}{note.Reason}",
        { Kind: CensusNoteKind.Undo } => $"the admission was undone by {note.By}: {note.Reason}",
        _ => "the patient is no longer in the census",
    };

    /// <summary>Admits everybody in the census, for a host that begins with a census and nothing else.</summary>
    public void AdmitCensus(Instant time, IHostOutput output)
    {
        foreach (var bed in Census.Beds.Where(bed => bed.Patient is not null))
        {
            Place(bed, Census, time, output);
        }
    }

    /// <summary>A device that is its own patient may stand at a bed now, or at another one.</summary>
    private void Reconsider(PatientState own, Dictionary<string, Bed> beds, Instant time, IHostOutput output)
    {
        var bed = Census.BedOf(own.Device!);
        if (bed?.Patient is not null)
        {
            Discharge(own, time, $"{own.Device} stands at bed {bed.Id} now", output);
        }
        else if (beds.ContainsKey(own.Key))
        {
            Discharge(own, time, "a patient of this name is in the census now", output);
        }
        else if (own.Place != OwnPlace(bed))
        {
            own.Monitored = [];
            Move(own, OwnPlace(bed), time, output);
            Admit(own, time, output);
        }
    }

    /// <summary>
    /// Brings one patient of the census to the bed's present state. Another device at the same bed begins anew; who lies in another bed keeps alerts, timers and
    /// windows, whatever devices stand there: the patient is the same, and an alert must not end on the way.
    /// </summary>
    private void Place(Bed bed, WardCensus before, Instant time, IHostOutput output)
    {
        var place = new AlertPlace(bed.Ward, bed.Id);
        if (!_patients.TryGetValue(bed.Patient!, out var patient))
        {
            patient = new PatientState(bed.Patient!, device: null)
            {
                Place = place,
                Tags = bed.Tags,
                Monitored = bed.Monitored,
                Population = bed.Population,
                Care = CareOf(bed.Patient!),
                MeasuredBy = bed.Devices,
            };
            _patients.Add(patient.Key, patient);
            Admit(patient, time, output);
            return;
        }

        var old = before.Beds.First(candidate => candidate.Patient == bed.Patient);
        var from = patient.Place;
        Move(patient, place, time, output);
        var isReplaced = IsReplaced(old, bed) || (old.Devices.IsEmpty && patient.MeasuredBy.Any() && !bed.Devices.IsEmpty && !patient.MeasuredBy.Intersect(bed.Devices).Any());
        patient.MeasuredBy = bed.Devices.IsEmpty ? patient.MeasuredBy : bed.Devices;
        if (isReplaced)
        {
            // No word of the devices that are there now has come.
            patient.LastLive = null;
            patient.LastLate = null;
            if (from == place)
            {
                Reset(patient, time, output);
            }
        }

        if (from.Ward != place.Ward || !patient.Tags.SequenceEqual(bed.Tags) || !patient.Monitored.SequenceEqual(bed.Monitored)
            || patient.Population != bed.Population)
        {
            patient.Tags = bed.Tags;
            patient.Monitored = bed.Monitored;
            patient.Population = bed.Population;
            Admit(patient, time, output);
        }
    }

    /// <summary>
    /// Whether another device took over. One that is only added or only taken away takes nothing over: its signals begin, or go missing
    /// after their time, and what the others have measured goes on to count.
    /// </summary>
    private static bool IsReplaced(Bed old, Bed present) => old.Devices.Except(present.Devices).Any() && present.Devices.Except(old.Devices).Any();

    private static void Move(PatientState patient, AlertPlace place, Instant time, IHostOutput output)
    {
        if (patient.Place != place)
        {
            patient.Place = place;
            output.Move(patient.Key, place, time);
        }
    }

    private void Reset(PatientState patient, Instant time, IHostOutput output)
    {
        foreach (var device in DevicesOf(patient))
        {
            TellAnew(device);
        }

        if (patient.Handle != PatientState.NoHandle)
        {
            Guard(patient, time, output, () => _engine.ResetPatient(patient.Key, time, "another device measures this patient now", _transitions));
            TellObservations(patient, time, output);
        }
    }

    private void Discharge(PatientState patient, Instant time, string reason, IHostOutput output)
    {
        _patients.Remove(patient.Key);
        _care.Remove(patient.Key);
        if (patient.Device is not null)
        {
            _ownPatients--;
        }

        if (patient.Handle != PatientState.NoHandle)
        {
            Guard(patient, time, NoOutput.Instance, () => _engine.RemovePatient(patient.Key, time, reason, _transitions));
        }

        // What the engine says at that ends with the reason too; what only the ledger knows (latched, orphaned) ends here as well.
        output.EndAll(patient.Key, time, reason);
    }

    /// <summary>Tells the engine of a patient, or what is new of one.</summary>
    private void Admit(PatientState patient, Instant time, IHostOutput output)
    {
        if (_engine.Rules is not null && patient.Quarantine is null)
        {
            var isNew = patient.Handle == PatientState.NoHandle;
            Guard(patient, time, output, () => patient.Handle = _engine.SetPatient(patient.Profile, time, _transitions));
            if (isNew)
            {
                TellObservations(patient, time, output);
            }
        }
    }
}
