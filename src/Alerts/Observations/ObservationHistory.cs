using System.Buffers;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Observations;

/// <summary>
/// The newest observations of each patient as of a place of the log: those taken in the last 48 h, at most 200 a patient and 20,000 of all. Bounded by what is
/// in the records alone, so that whoever has read the same records knows the same. Not thread-safe.
/// </summary>
/// <remarks>
/// Saved as, little-endian:
/// <code>
/// size
///    4  how many, by patient and time; of each:
///         4 + n  length, body of its last record (ObservationRecord)
///         2      how many times it had before; of each:
///                  8  the time, Unix milliseconds
/// </code>
/// </remarks>
internal sealed class ObservationHistory
{
    public static readonly TimeSpan KeptFor = TimeSpan.FromHours(48);
    public const int OfAPatientAtMost = 200;
    public const int AtMost = 20_000;

    private readonly Dictionary<string, Entry> _byId = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, List<Entry>> _byPatient = new(StringComparer.Ordinal);

    /// <summary>How many there are.</summary>
    public int Count => _byId.Count;

    /// <summary>The last record of an observation; null if it is not known, or not any more.</summary>
    public ObservationRecord? Find(string id) => _byId.GetValueOrDefault(id)?.Record;

    /// <summary>The last records of a patient's observations, newest first.</summary>
    public IEnumerable<ObservationRecord> Of(string patient) => _byPatient.TryGetValue(patient, out var entries) ? entries.AsEnumerable().Reverse().Select(entry => entry.Record) : [];

    /// <summary>Whether an observation of the patient other than this one has, or this one or another once had, this time.</summary>
    public bool IsTaken(string patient, Instant time, string? butNowBy) => _byPatient.TryGetValue(patient, out var entries)
        && entries.Exists(entry => entry.FormerTimes.Contains(time) || (entry.Taken == time && entry.Record.Observation.Id != butNowBy));

    /// <summary>The newest value of a signal that counts.</summary>
    public (Instant Taken, double Value)? NewestOf(string patient, string signal)
    {
        foreach (var record in Of(patient).Where(record => record.Observation.Retracted is null))
        {
            foreach (var value in record.Observation.Values)
            {
                if (value.Signal == signal)
                {
                    return (record.Observation.Taken, value.Value);
                }
            }
        }

        return null;
    }

    /// <summary>Takes in a record; false if it is not the next version of its observation: then it says nothing.</summary>
    public bool TryApply(ObservationRecord record)
    {
        var observation = record.Observation;
        var known = _byId.GetValueOrDefault(observation.Id);
        if (known is not null && observation.Revision != known.Record.Observation.Revision + 1)
        {
            return false;
        }

        var former = known?.FormerTimes ?? [];
        if (known is not null)
        {
            Remove(known);
            if (known.Taken != observation.Taken)
            {
                former.Add(known.Taken);
            }
        }

        Add(new Entry(record, former));
        Forget(observation);
        return true;
    }

    public void Save(IBufferWriter<byte> target)
    {
        var writer = new BodyWriter(target);
        writer.WriteUInt32((uint)Count);
        foreach (var entry in _byPatient.Values.SelectMany(entries => entries))
        {
            var body = entry.Record.Write();
            writer.WriteUInt32((uint)body.Length);
            writer.WriteBytes(body);
            writer.WriteUInt16((ushort)entry.FormerTimes.Count);
            foreach (var time in entry.FormerTimes)
            {
                writer.WriteInt64(time.UnixMilliseconds);
            }
        }
    }

    public static ObservationHistory Load(ref BodyReader reader)
    {
        var history = new ObservationHistory();
        for (var left = reader.ReadUInt32(); left > 0; left--)
        {
            var record = ObservationRecord.Read(reader.ReadBytes((int)reader.ReadUInt32()));
            var former = new List<Instant>();
            for (var times = reader.ReadUInt16(); times > 0; times--)
            {
                former.Add(new Instant(reader.ReadInt64()));
            }

            history.Add(new Entry(record, former));
        }

        return history;
    }

    private void Forget(Observation newest)
    {
        var entries = _byPatient[newest.Patient];
        while (entries.Count > 0 && (entries.Count > OfAPatientAtMost || entries[0].Taken < newest.Recorded - KeptFor))
        {
            Remove(entries[0]);
        }

        while (Count > AtMost)
        {
            Remove(_byPatient.Values.Select(others => others[0]).MinBy(entry => entry.Taken)!);
        }
    }

    private void Add(Entry entry)
    {
        var observation = entry.Record.Observation;
        _byId.Add(observation.Id, entry);
        if (!_byPatient.TryGetValue(observation.Patient, out var entries))
        {
            _byPatient.Add(observation.Patient, entries = []);
        }

        entries.Insert(entries.FindLastIndex(other => other.Taken <= entry.Taken) + 1, entry);
    }

    private void Remove(Entry entry)
    {
        var observation = entry.Record.Observation;
        _byId.Remove(observation.Id);
        var entries = _byPatient[observation.Patient];
        entries.Remove(entry);
        if (entries.Count == 0)
        {
            _byPatient.Remove(observation.Patient);
        }
    }

    private sealed class Entry(ObservationRecord record, List<Instant> formerTimes)
    {
        public ObservationRecord Record { get; } = record;

        public Instant Taken => Record.Observation.Taken;

        public List<Instant> FormerTimes { get; } = formerTimes;
    }
}
