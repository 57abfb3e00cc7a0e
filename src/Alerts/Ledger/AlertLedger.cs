using System.Buffers;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>
/// The state of all alerts. It follows from the alert events of the log and is never evaluated again: a restart reads the events back.
/// A synchronous state machine with one owner: an input (a transition of the engine, an acknowledgement) is decided upon, gives events,
/// and an event applied gives the next state.
/// </summary>
/// <remarks>
/// The checkpoint (format 1), little-endian:
/// <code>
/// size
///    8  number of the last event
///    8  number of the last episode
///    4  how many alerts there are; of each:
///         4 + n  length, body of its last event (AlertEventRecord), by patient and slug
///    4  how many recent events follow; of each:
///         4 + n  length, body, oldest first
/// </code>
/// </remarks>
public sealed partial class AlertLedger : IProjection
{
    /// <summary>How many of the newest events are remembered, for people and to answer an acknowledgement that comes too late.</summary>
    internal const int RecentEventsAtMost = 500;

    // Ordered, so that everything that goes through all alerts does so in the same order in every run.
    private readonly SortedDictionary<string, SortedDictionary<string, AlertEvent>> _alerts = new(StringComparer.Ordinal);
    private readonly Queue<AlertEvent> _recent = new(RecentEventsAtMost);

    /// <inheritdoc/>
    public string Name => "alerts";

    /// <inheritdoc/>
    public int FormatVersion => 1;

    /// <inheritdoc/>
    public RecordKinds Kinds => RecordKinds.Of(RecordKind.AlertEvent);

    /// <summary>The number of the last event; grows with every change of an alert.</summary>
    public long Version { get; private set; }

    /// <summary>How many episodes there have been.</summary>
    internal long EpisodeCount { get; private set; }

    /// <summary>All alerts that have not ended, by patient and name.</summary>
    public IEnumerable<AlertStatus> Alerts => _alerts.Values.SelectMany(alerts => alerts.Values).Select(last => last.Status);

    /// <summary>The newest events that people are told of, oldest first.</summary>
    public IEnumerable<AlertEvent> RecentEvents => _recent;

    /// <inheritdoc/>
    public IProjection CreateEmpty() => new AlertLedger();

    /// <inheritdoc/>
    public void Apply(in LogRecord record) => Apply(AlertEventRecord.Read(record.Body));

    /// <summary>The alerts of one patient that have not ended, by name.</summary>
    internal IEnumerable<AlertStatus> AlertsOf(string patient) =>
        _alerts.TryGetValue(patient, out var alerts) ? alerts.Values.Select(last => last.Status) : [];

    /// <summary>The alert of a patient; null if it has ended or never was.</summary>
    internal AlertStatus? Find(string patient, string slug) => FindEvent(patient, slug)?.Status;

    /// <summary>The alert with this <see cref="AlertStatus.Id"/>; null if it has ended or never was.</summary>
    internal AlertStatus? Find(string id)
    {
        // A slug holds no colon; a patient's id may.
        var colon = id.LastIndexOf(':');
        return colon < 0 ? null : Find(id[..colon], id[(colon + 1)..]);
    }

    /// <summary>Takes in what happened.</summary>
    internal void Apply(AlertEvent happened)
    {
        if (happened.Number != Version + 1)
        {
            throw new InvalidDataException($"Alert event {happened.Number} follows upon {Version}: the ledger does not belong to this log.");
        }

        Version = happened.Number;
        EpisodeCount = Math.Max(EpisodeCount, happened.EpisodeNumber);
        var status = happened.Status;
        if (status.State == AlertState.Ended)
        {
            Remove(status);
        }
        else
        {
            if (!_alerts.TryGetValue(status.Patient, out var alerts))
            {
                _alerts.Add(status.Patient, alerts = new SortedDictionary<string, AlertEvent>(StringComparer.Ordinal));
            }

            alerts[status.Slug] = happened;
        }

        if (happened.IsShown)
        {
            Remember(happened);
        }
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        var body = new BodyWriter(writer);
        body.WriteInt64(Version);
        body.WriteInt64(EpisodeCount);
        WriteAll(body, [.. _alerts.Values.SelectMany(alerts => alerts.Values)]);
        WriteAll(body, [.. _recent]);
    }

    /// <inheritdoc/>
    public void Load(ReadOnlySpan<byte> state)
    {
        _alerts.Clear();
        _recent.Clear();
        var body = new BodyReader(state);
        Version = body.ReadInt64();
        EpisodeCount = body.ReadInt64();
        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            var last = ReadEvent(ref body);
            if (!_alerts.TryGetValue(last.Status.Patient, out var alerts))
            {
                _alerts.Add(last.Status.Patient, alerts = new SortedDictionary<string, AlertEvent>(StringComparer.Ordinal));
            }

            alerts.Add(last.Status.Slug, last);
        }

        for (var left = body.ReadUInt32(); left > 0; left--)
        {
            Remember(ReadEvent(ref body));
        }
    }

    private AlertEvent? FindEvent(string patient, string slug) =>
        _alerts.TryGetValue(patient, out var alerts) ? alerts.GetValueOrDefault(slug) : null;

    private void Remove(AlertStatus status)
    {
        if (_alerts.TryGetValue(status.Patient, out var alerts) && alerts.Remove(status.Slug) && alerts.Count == 0)
        {
            _alerts.Remove(status.Patient);
        }
    }

    private void Remember(AlertEvent happened)
    {
        if (_recent.Count == RecentEventsAtMost)
        {
            _recent.Dequeue();
        }

        _recent.Enqueue(happened);
    }

    private static void WriteAll(BodyWriter writer, AlertEvent[] events)
    {
        writer.WriteUInt32((uint)events.Length);
        foreach (var happened in events)
        {
            var body = AlertEventRecord.Write(happened);
            writer.WriteUInt32((uint)body.Length);
            writer.WriteBytes(body);
        }
    }

    private static AlertEvent ReadEvent(ref BodyReader reader) => AlertEventRecord.Read(reader.ReadBytes((int)reader.ReadUInt32()));
}
