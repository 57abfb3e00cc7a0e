using System.Buffers;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Clocks;
using IoTGateway.Readings.Decoding;
using IoTGateway.Readings.Observations;
using IoTGateway.Storage.Influx;

namespace IoTGateway.Storage;

/// <summary>Decodes records and hands their readings, as rows with the person they belong to, to a sink. For one lane.</summary>
internal sealed class StorageHandler : ISinkHandler
{
    private readonly DurableLog _log;
    private readonly LogConsumer _consumer;
    private readonly IReadingSink _sink;
    private readonly CensusHistory _census;
    private readonly ClockOffsetHistory _clockOffsets;
    private readonly ReadingDecoder _decoder;
    private readonly ObservationRows _observations;
    private readonly ReadingBatch _decoded = new();
    private readonly RowBatch _rows = new();
    private readonly Dictionary<uint, string?> _devices = []; // By topic id; the log bounds the number of topics.
    private RecordBatch? _records;
    private LogPosition _lastRejected;
    private LogPosition _stored;
    private (LogPosition At, CensusHistory Census)? _older;
    private byte[] _contentTypeUtf8 = [];
    private string _contentType = "";
    private long _readings;
    private long _skipped;

    public StorageHandler(DurableLog log, LogConsumer consumer, IReadingSink sink, SignalCatalogue catalogue, CensusHistory census, ClockOffsetHistory clockOffsets)
    {
        _log = log;
        _consumer = consumer;
        _sink = sink;
        _census = census;
        _clockOffsets = clockOffsets;
        _decoder = new ReadingDecoder(catalogue);
        _observations = new ObservationRows(catalogue);
        _stored = consumer.Position;
        Hold(_stored);
    }

    /// <summary>Readings handed to the sink since the start.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Records passed over since the start.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <inheritdoc/>
    public bool IsWaiting => _sink.State.RetryingSince is not null;

    /// <inheritdoc/>
    public async ValueTask<Delivery> DeliverAsync(RecordBatch records, LogPosition cursor, CancellationToken cancellation)
    {
        _records = records;
        _lastRejected = default;
        _rows.Clear();
        var (stored, skipped) = (0L, 0L);
        try
        {
            for (var index = 0; index < records.Count; index++)
            {
                skipped += Take(records[index]) ? 0 : 1;
                if (_census.Corrections is [.., var newest] && newest.LogAddress == records[index].Position.Address)
                {
                    // What stands before it is stored first, as it was known then.
                    await _sink.StoreAsync(_rows, _stored, cancellation).ConfigureAwait(false);
                    stored += _rows.Count;
                    _rows.Clear();
                    await CorrectAsync(newest.LogAddress, cancellation).ConfigureAwait(false);
                }
                else if (_rows.Count >= _sink.RowsAtMost && index < records.Count - 1)
                {
                    // A record can hold many readings. The cursor waits for the last of them.
                    await _sink.StoreAsync(_rows, _stored, cancellation).ConfigureAwait(false);
                    stored += _rows.Count;
                    _rows.Clear();
                }
            }

            await _sink.StoreAsync(_rows, cursor, cancellation).ConfigureAwait(false);
            _stored = cursor;
            Hold(cursor);
            Interlocked.Add(ref _readings, stored + _rows.Count);
            Interlocked.Add(ref _skipped, skipped);
            return Delivery.Done;
        }
        catch (RowsFailException failure)
        {
            return failure.IsCertain ? Delivery.Refused(failure.Message) : Delivery.Unclear(failure.Message);
        }
        catch (IOException failure)
        {
            throw new SinkStoppedException(failure.Message, failure);
        }
        finally
        {
            _records = null;
        }
    }

    private async ValueTask CorrectAsync(long logAddress, CancellationToken cancellation)
    {
        foreach (var correction in _census.Corrections.Where(correction => correction.LogAddress == logAddress))
        {
            await _sink.CorrectAsync(correction, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Keeps the whole record of a row that the sink has refused for good.</summary>
    public void KeepAsDeadLetter(RejectedRow row)
    {
        if (row.Position == _lastRejected)
        {
            return; // A record of several readings is kept once.
        }

        _lastRejected = row.Position;
        var body = new ArrayBufferWriter<byte>();
        for (var index = 0; index < _records?.Count; index++)
        {
            if (_records[index] is var record && record.Position == row.Position)
            {
                DeadLetterRecord.Write(body, record, row.Reason);
                _log.Append(RecordKind.DeadLetter, DeadLetterRecord.TopicOf(_consumer.Name), body.WrittenSpan);
                return;
            }
        }

        throw new InvalidOperationException($"A row was refused that was not being stored: its record at {row.Position}.");
    }

    /// <summary>
    /// The consumer's place also moves over records that are not for it, the sink's cursor does not: the log must be kept from the latter on.
    /// </summary>
    private void Hold(LogPosition cursor)
    {
        if (_sink.KeepsCursor)
        {
            _consumer.HeldFrom = cursor;
        }
    }

    /// <summary>Adds the rows of a record; false if it is passed over.</summary>
    private bool Take(in LogRecord record)
    {
        if (record.Kind == RecordKind.Census)
        {
            var change = CensusRecord.Read(record.Body);
            _census.Apply(record.Position.Address, change.From, change.Census, change.Note);
            return true;
        }

        if (record.Kind == RecordKind.ClockOffset)
        {
            var learned = ClockOffsetRecord.Read(record.Body);
            _clockOffsets.Apply(record.Position.Address, learned.Device, learned.Offset);
            return true;
        }

        if (record.Kind == RecordKind.Observation)
        {
            _observations.AddTo(_rows, ObservationRecord.Read(record.Body), record.Position);
            return true;
        }

        if (DeviceOf(record.Topic) is not { } device || !Decode(record, _clockOffsets.OffsetOf(device, record.Position.Address)))
        {
            return false;
        }

        var census = CensusAt(record.Position);
        for (var index = 0; index < _decoded.Count; index++)
        {
            var reading = _decoded[index];
            _rows.Add(device, reading, AssignmentOf(device, reading.CorrectedTime, census), record.Position);
        }

        return true;
    }

    /// <summary>What comes again, and was given to somebody else meanwhile, stays with whom it was given to.</summary>
    private Assignment AssignmentOf(string device, Instant time, CensusHistory census) =>
        (ReferenceEquals(census, _census) || _census.Corrections.Count == 0 ? null : _census.CorrectedAssignmentOf(device, time)) ?? census.AssignmentOf(device, time);

    /// <summary>Who was where as known at a place; a record that comes again, or was parked, may stand before the newest census.</summary>
    private CensusHistory CensusAt(LogPosition position)
    {
        if (_census.Changes is not [.., var newest] || position.Address > newest.LogAddress)
        {
            return _census;
        }

        // The census is known up to the next change, so what holds for the place of the last change before it holds here.
        var at = new LogPosition(_census.Changes.First(change => change.LogAddress >= position.Address).LogAddress);
        if (_older?.At != at)
        {
            _older = (at, _census.Before(at.Address));
        }

        return _older.Value.Census;
    }

    private bool Decode(in LogRecord record, TimeSpan clockOffset)
    {
        try
        {
            var publish = PublishRecord.Read(record.Body);
            return _decoder.Decode(publish.Payload, ContentTypeOf(publish), new Instant(record.TimeUnixMilliseconds), clockOffset, _decoded) is null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private string ContentTypeOf(in PublishRecord publish)
    {
        if (!publish.ContentType.SequenceEqual(_contentTypeUtf8))
        {
            _contentTypeUtf8 = publish.ContentType.ToArray();
            _contentType = Encoding.UTF8.GetString(_contentTypeUtf8);
        }

        return _contentType;
    }

    private string? DeviceOf(Topic? topic)
    {
        if (topic is null)
        {
            return null;
        }

        if (!_devices.TryGetValue(topic.Id, out var device))
        {
            device = DeviceTopic.DeviceOf(topic.Name);
            _devices.Add(topic.Id, device);
        }

        return device;
    }
}
