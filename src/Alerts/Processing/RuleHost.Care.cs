using IoTGateway.Alerts.Care;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Processing;

/// <content>How patients are cared for, as far as the engine has to know: limits set at the bedside, and that nothing is expected of one who is away.</content>
internal sealed partial class RuleHost
{
    // By patient, also of a device that is its own patient and has not sent since the rules began anew.
    private readonly SortedDictionary<string, CareEvent> _care = new(StringComparer.Ordinal);

    /// <summary>The changes up to this one are known.</summary>
    private long _careVersion;

    /// <summary>Takes over what is decided, for a host that begins anew: what follows in the log up to there is known by then.</summary>
    public void BeginCare(CareLedger care)
    {
        foreach (var last in care.LastChanges)
        {
            _care[last.Patient] = last;
        }

        _careVersion = care.Version;
    }

    /// <summary>What was decided holds from here on: as of a clock offset, it is the place of its record in the log that counts.</summary>
    private void ApplyCare(in LogRecord record, IHostOutput output)
    {
        var happened = CareRecord.Read(record.Body);
        if (happened.Number <= _careVersion)
        {
            return;
        }

        _careVersion = happened.Number;
        var patient = _patients.GetValueOrDefault(happened.Patient);
        if (happened.Change == CareChange.NoteSeen)
        {
            patient?.Late.Seen(happened.Time);
            return;
        }

        var before = CareOf(happened.Patient);
        Keep(happened);
        if (patient is null || (IsAway(before) == IsAway(happened.Care) && before.Limits.SequenceEqual(happened.Care.Limits)))
        {
            return;
        }

        patient.Care = happened.Care;
        Admit(patient, new Instant(record.TimeUnixMilliseconds), output);
    }

    private PatientCare CareOf(string patient) => _care.TryGetValue(patient, out var last) ? last.Care : PatientCare.Ordinary;

    private void Keep(CareEvent happened)
    {
        if (happened.Care is { Standby: null, Limits.IsEmpty: true })
        {
            _care.Remove(happened.Patient);
        }
        else
        {
            _care[happened.Patient] = happened;
        }
    }

    private static bool IsAway(PatientCare care) => care.Standby is not null;

    /// <summary>What was decided, by patient; see the form.</summary>
    private void SaveCare(BodyWriter writer)
    {
        writer.WriteInt64(_careVersion);
        writer.WriteUInt32((uint)_care.Count);
        foreach (var last in _care.Values)
        {
            var body = CareRecord.Write(last);
            writer.WriteUInt32((uint)body.Length);
            writer.WriteBytes(body);
        }
    }

    private void RestoreCare(ref BodyReader reader)
    {
        _careVersion = reader.ReadInt64();
        for (var left = reader.ReadUInt32(); left > 0; left--)
        {
            var last = CareRecord.Read(reader.ReadBytes((int)reader.ReadUInt32()));
            _care.Add(last.Patient, last);
        }
    }
}
