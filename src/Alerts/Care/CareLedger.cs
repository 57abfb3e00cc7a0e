using System.Buffers;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Alerts;

/// <summary>
/// How people have decided that patients are cared for: pauses, standby, limits set at the bedside. It follows from the records of care alone; what is
/// decided now gives such a record. A synchronous state machine with one owner. As many patients are in it as the rules follow at most.
/// </summary>
/// <remarks>
/// The checkpoint (format 1), little-endian:
/// <code>
/// size
///    8  number of the last change
///    4  how many patients there are for whom something is decided; of each:
///         4 + n  length, body of the last change (CareRecord), by patient
/// </code>
/// </remarks>
public sealed partial class CareLedger : IProjection
{
    // Ordered, so that everything that goes through all patients does so in the same order in every run.
    private readonly SortedDictionary<string, CareEvent> _care = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Name => "care";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.Care);

    /// <summary>The number of the last change; grows with every one.</summary>
    public long Version { get; private set; }

    /// <summary>The patients for whom something is decided, and what.</summary>
    public IEnumerable<(string Patient, PatientCare Care)> Patients => _care.Select(pair => (pair.Key, pair.Value.Care));

    /// <summary>The last change of each patient for whom something is decided.</summary>
    internal IEnumerable<CareEvent> LastChanges => _care.Values;

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new CareLedger();

    /// <summary>What is decided for a patient.</summary>
    public PatientCare Of(string patient) => _care.TryGetValue(patient, out var last) ? last.Care : PatientCare.Ordinary;

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => Apply(CareRecord.Read(record.Body));

    /// <summary>Where the patient lay at the last change; null if nothing is decided.</summary>
    internal AlertPlace? PlaceOf(string patient) => _care.TryGetValue(patient, out var last) ? new AlertPlace(last.Ward, last.Bed) : null;

    /// <summary>Takes in what happened.</summary>
    internal void Apply(CareEvent happened)
    {
        if (happened.Number != Version + 1)
        {
            throw new InvalidDataException($"Change of care {happened.Number} follows upon {Version}: the ledger does not belong to this log.");
        }

        Version = happened.Number;
        if (happened.Care is { Pause: null, Standby: null, Limits.IsEmpty: true })
        {
            _care.Remove(happened.Patient);
        }
        else
        {
            _care[happened.Patient] = happened;
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteInt64(Version);
        body.WriteUInt32((uint)_care.Count);
        foreach (var last in _care.Values)
        {
            var record = CareRecord.Write(last);
            body.WriteUInt32((uint)record.Length);
            body.WriteBytes(record);
        }
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        _care.Clear();
        var body = new BodyReader(state);
        Version = body.ReadInt64();
        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            var last = CareRecord.Read(body.ReadBytes((int)body.ReadUInt32()));
            _care.Add(last.Patient, last);
        }
    }
}
