using System.Buffers.Binary;
using System.Text;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;

namespace IoTGateway.Simulation.Tests;

/// <summary>
/// Everything that was appended and everything that was ever durable, against which the log is held. The heart of it: after a crash the log
/// is a prefix of what was appended, and it contains all that was acknowledged and all that could be read.
/// </summary>
internal sealed partial class History
{
    private readonly List<AppendedRecord> _appended = [];
    private readonly List<DurableRecord> _durable = [];
    private readonly List<LogPosition> _readings = [];
    private readonly HashSet<string> _messages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _lastMessageOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _lastSequenceOf = new(StringComparer.Ordinal);
    private readonly SessionProjection _sessions = new();
    private readonly DigestProjection _digest = new();
    private int _acknowledged;
    private int _matched;
    private int _batches;

    /// <summary>The positions of the durable readings, in order.</summary>
    public IReadOnlyList<LogPosition> Readings => _readings;

    /// <summary>How many outputs of the exactly-once consumer are durable.</summary>
    public int OutputCount { get; private set; }

    public bool IsDurable(string message) => _messages.Contains(message);

    /// <summary>How many readings stand before a place.</summary>
    public int ReadingsBefore(LogPosition position)
    {
        var index = _readings.BinarySearch(position);
        return index < 0 ? ~index : index;
    }

    /// <summary>Notes what was appended together.</summary>
    public void Append(Commit commit, params IReadOnlyList<(RecordKind Kind, string? Topic, byte[] Body)> records)
    {
        var batch = records.Count > 1 ? ++_batches : 0;
        foreach (var (kind, topic, body) in records)
        {
            _appended.Add(new AppendedRecord(kind, topic, body, commit, batch));
        }
    }

    /// <summary>Takes in what has become readable and what was acknowledged since the last look.</summary>
    public void Observe(LogReader reader)
    {
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                TakeIn(record);
            }
        }

        for (; _acknowledged < _appended.Count && _appended[_acknowledged].Commit.IsDurable; _acknowledged++)
        {
            _appended[_acknowledged].Acknowledged = true;
            PromiseBrokenException.Unless(
                _acknowledged < _matched, Promise.AcknowledgedIsKept, $"{_appended[_acknowledged]} was acknowledged and cannot be read");
        }
    }

    /// <summary>After the first failure: whoever waits is told, and nothing that was not acknowledged will be.</summary>
    public void CheckAllFailed()
    {
        foreach (var record in _appended.Skip(_acknowledged))
        {
            PromiseBrokenException.Unless(record.Commit.Task.IsFaulted, Promise.FailsClosed, $"the log has stopped, but who waits for {record} was not told");
        }
    }

    private static bool IsAppendedByUs(RecordKind kind) => kind is RecordKind.Reading or RecordKind.Release or RecordKind.AlertEvent;

    private void TakeIn(in LogRecord read)
    {
        var record = DurableRecord.From(read);
        if (_durable is [.., var last])
        {
            PromiseBrokenException.Unless(
                record.Position > last.Position && record.Time >= last.Time, Promise.NumbersAreContiguous, $"{record} stands behind {last}");
        }

        if (record.Topic is { } topic)
        {
            var expected = _lastSequenceOf[topic] = _lastSequenceOf.GetValueOrDefault(topic) + 1;
            PromiseBrokenException.Unless(record.Sequence == expected, Promise.NumbersAreContiguous, $"{record} should have the number {expected}");
        }

        if (IsAppendedByUs(record.Kind))
        {
            PromiseBrokenException.Unless(
                _matched < _appended.Count && IsSame(record, _appended[_matched]), Promise.OnlyWhatWasAppended, $"{record} is not what was appended next");
            _matched++;
        }

        _durable.Add(record);
        FollowWith(read);
        Note(record);
    }

    private void FollowWith(in LogRecord read)
    {
        if (_digest.Kinds.Contains(read.Kind))
        {
            _digest.Apply(read);
        }

        if (_sessions.Kinds.Contains(read.Kind))
        {
            _sessions.Apply(read);
        }
    }

    private void Note(DurableRecord record)
    {
        if (record.Kind == RecordKind.Reading)
        {
            _readings.Add(record.Position);
            var publish = PublishRecord.Read(record.Body);
            if (publish.QualityOfService == 2)
            {
                NoteMessage(Encoding.UTF8.GetString(publish.Client), BinaryPrimitives.ReadInt32LittleEndian(publish.Payload), record);
            }
        }
        else if (record.Kind == RecordKind.AlertEvent)
        {
            var input = BinaryPrimitives.ReadInt64LittleEndian(record.Body);
            PromiseBrokenException.Unless(
                OutputCount < _readings.Count && _readings[OutputCount].Address == input,
                Promise.OutputOnce, $"{record} is the output of the reading at {input}, which is not the next without one");
            OutputCount++;
        }
    }

    private void NoteMessage(string client, int number, DurableRecord record)
    {
        PromiseBrokenException.Unless(
            number > _lastMessageOf.GetValueOrDefault(client), Promise.ExactlyOnce, $"message {number} of {client} is in the log a second time or late: {record}");
        _lastMessageOf[client] = number;
        _messages.Add(FormattableString.Invariant($"{client} {number}"));
    }

    private static bool IsSame(DurableRecord record, AppendedRecord appended) =>
        record.Kind == appended.Kind && record.Topic == appended.Topic && record.Body.AsSpan().SequenceEqual(appended.Body);
}
