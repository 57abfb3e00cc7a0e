using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Storage;

/// <summary>
/// What an observation's record makes of the stored rows. No two observations of a patient have the same time, so each row belongs to one of them, and a
/// row is always written with all that is to be said of it: the values that count and marks for those that do not any more.
/// <code>
/// the record               the row at the time it was taken           the row at the time of the version before
/// first entry              its values
/// correction, same time    its values; what it leaves out is retracted
/// correction, other time   its values                                 all retracted
/// taken back                                                          all retracted
/// </code>
/// </summary>
/// <param name="catalogue">The signals; what it does not know is not stored, as with readings of devices.</param>
internal sealed class ObservationRows(SignalCatalogue catalogue)
{
    private readonly List<SignalValue> _values = [];

    /// <summary>Adds the rows.</summary>
    public void AddTo(RowBatch rows, ObservationRecord record, LogPosition position)
    {
        var (observation, before) = (record.Observation, record.Before);
        if (before is not null && (observation.Retracted is not null || before.Taken != observation.Taken))
        {
            Retract(before.Values.Select(value => value.Signal).Concat(before.Dropped));
            Add(rows, observation, before, position);
        }

        if (observation.Retracted is null)
        {
            foreach (var value in observation.Values)
            {
                if (catalogue.Find(value.Signal) is { } signal)
                {
                    _values.Add(ObservedSignal.ToSignalValue(signal, value.Value));
                }
            }

            Retract(record.Dropped);
            Add(rows, observation, record.Version, position);
        }
    }

    private void Retract(IEnumerable<string> signals)
    {
        foreach (var name in signals)
        {
            if (catalogue.Find(name) is { } signal)
            {
                _values.Add(new SignalValue(signal, double.NaN, Quality.Retracted));
            }
        }
    }

    private void Add(RowBatch rows, Observation observation, ObservationVersion version, LogPosition position)
    {
        if (_values.Count > 0)
        {
            rows.Add(
                ObservationTopic.DeviceOf(observation.Patient), version.Taken, observation.Recorded, new Assignment(observation.Patient, version.Ward, version.Bed), position,
                System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_values));
            _values.Clear();
        }
    }
}
