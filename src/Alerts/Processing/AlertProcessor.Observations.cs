using IoTGateway.Queue;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Observations;

namespace IoTGateway.Alerts.Processing;

/// <content>Tells those who have recorded an observation or a census that the rules have followed it.</content>
internal sealed partial class AlertProcessor
{
    private readonly List<string> _consumed = [];

    /// <summary>Those who wait until the rules have taken in what they recorded.</summary>
    public ConsumedWaiters Consumed { get; } = new();

    /// <summary>What a version of an observation is known by.</summary>
    public static string KeyOf(Observation observation) => FormattableString.Invariant($"{observation.Id}/{observation.Revision}");

    private void NoteConsumed(in LogRecord record)
    {
        if (record.Kind == RecordKind.Observation)
        {
            _consumed.Add(KeyOf(ObservationRecord.Read(record.Body).Observation));
        }
        else if (record.Kind == RecordKind.Census && CensusRecord.Read(record.Body).Note?.Request is { Length: > 0 } request)
        {
            _consumed.Add(request);
        }
    }

    private void TellConsumed()
    {
        foreach (var key in _consumed)
        {
            // What is answered may rest on an event that was appended a moment ago.
            Consumed.Complete(key, _lastCommit);
        }

        _consumed.Clear();
    }
}
