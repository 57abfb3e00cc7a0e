using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Decoding;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage;

/// <summary>
/// Drains the log into one sink at the sink's pace, on a thread of its own: whatever happens here delays neither publishers nor other
/// consumers. At least once: the cursor moves after the sink has stored.
/// </summary>
/// <remarks>
/// What does not decode is counted and passed over; the rules write the dead letters, once for all consumers. A failure ends it and is told by
/// <see cref="Failure"/>; it then still holds the log from its cursor on, until it is disposed.
/// </remarks>
public sealed class StorageConsumer : IDisposable
{
    /// <summary>
    /// A sink that keeps its own cursor gets it anew after this much of the log that held no reading, so that the log need not keep it all.
    /// </summary>
    private const long CursorDistanceBytes = 1 << 20;

    private readonly IReadingSink _sink;
    private readonly LogConsumer _consumer;
    private readonly CensusHistory _census;
    private readonly ReadingDecoder _decoder;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ReadingBatch _decoded = new();
    private readonly RowBatch _rows = new();
    private readonly Dictionary<uint, string?> _devices = []; // By topic id; the log bounds the number of topics.
    private byte[] _contentTypeUtf8 = [];
    private string _contentType = "";
    private long _readings;
    private long _skipped;
    private volatile Exception? _failure;

    /// <summary>Opens the log's consumer: from now on the log keeps what the sink has not stored yet.</summary>
    /// <param name="name">The consumer's name in the log, for example <c>store</c> or <c>influx</c>.</param>
    /// <param name="log">The log.</param>
    /// <param name="sink">Where the readings go. Not disposed here.</param>
    /// <param name="catalogue">The signals.</param>
    /// <param name="censusBefore">Who was where, as known just before a place of the log; the copy is this consumer's own.</param>
    /// <param name="clock">Measures the time for gathering.</param>
    /// <param name="logger">Failures.</param>
    /// <exception cref="LogCorruptException">The sink's cursor is outside the log; the message names the gap.</exception>
    public StorageConsumer(
        string name, DurableLog log, IReadingSink sink, SignalCatalogue catalogue, Func<LogPosition, CensusHistory> censusBefore, TimeProvider clock, ILogger logger)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(censusBefore);
        var kinds = RecordKinds.Of(RecordKind.Reading, RecordKind.Census);
        _sink = sink;
        _decoder = new ReadingDecoder(catalogue);
        _clock = clock;
        _logger = logger;
        _consumer = sink.KeepsCursor ? log.OpenConsumerAt(name, kinds, sink.Cursor ?? log.Start) : log.OpenConsumer(name, kinds, log.Start);
        Hold(_consumer.Position);
        _census = censusBefore(_consumer.Position);
    }

    /// <summary>Raised once, on the consumer's thread, when it has failed.</summary>
    public event Action<StorageConsumer>? Failed;

    /// <summary>The consumer's name in the log.</summary>
    public string Name => _consumer.Name;

    /// <summary>Why it has stopped; null while it works and after an ordinary stop.</summary>
    public Exception? Failure => _failure;

    /// <summary>Readings handed to the sink since the start.</summary>
    public long Readings => Interlocked.Read(ref _readings);

    /// <summary>Records passed over since the start, since they could not be decoded or their topic is of no device.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>How the sink is doing.</summary>
    public SinkState SinkState => _sink.State;

    /// <summary>Drains the log until it is cancelled or fails. The task ends without an exception in both cases: see <see cref="Failure"/>.</summary>
    public Task RunAsync(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Run(cancellation);
            ended.SetResult();
        })
        {
            Name = "storage " + Name,
            IsBackground = true,
        };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Closes the log's consumer. Only after the task of <see cref="RunAsync"/> has ended.</summary>
    public void Dispose() => _consumer.Dispose();

    private void Run(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                _consumer.WaitAsync(cancellation).GetAwaiter().GetResult();
                if (_sink.GatherAtMost > TimeSpan.Zero)
                {
                    Task.Delay(_sink.GatherAtMost, _clock, cancellation).GetAwaiter().GetResult();
                }

                Drain(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // An ordinary stop. What was gathered but not stored comes again at the next start.
        }
        catch (Exception failure)
        {
            _failure = failure;
            _logger.ConsumerFailed(Name, failure.Message, failure);
            Failed?.Invoke(this);
        }
    }

    /// <summary>Hands everything the log holds by now to the sink.</summary>
    private void Drain(CancellationToken cancellation)
    {
        _rows.Clear();
        var next = _consumer.Position;
        while (_consumer.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                Take(record);
                if (_rows.Count >= _sink.RowsAtMost)
                {
                    // Within a frame the cursor stays at its beginning: what is stored of it may come again.
                    Store(frame.Position, cancellation);
                }
            }

            next = frame.Next;
            cancellation.ThrowIfCancellationRequested();
        }

        if (next > _consumer.Position || _consumer.Position.Address - _consumer.HeldFrom.Address >= CursorDistanceBytes)
        {
            Store(next > _consumer.Position ? next : _consumer.Position, cancellation);
        }
    }

    private void Store(LogPosition next, CancellationToken cancellation)
    {
        _sink.StoreAsync(_rows, next, cancellation).AsTask().GetAwaiter().GetResult();
        _consumer.Advance(next);
        Hold(next);
        Interlocked.Add(ref _readings, _rows.Count);
        _rows.Clear();
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

    private void Take(in LogRecord record)
    {
        if (record.Kind == RecordKind.Census)
        {
            var change = CensusRecord.Read(record.Body);
            _census.Apply(record.Position.Address, change.From, change.Census);
            return;
        }

        if (DeviceOf(record.Topic) is not { } device || !Decode(record))
        {
            Interlocked.Increment(ref _skipped);
            return;
        }

        for (var index = 0; index < _decoded.Count; index++)
        {
            var reading = _decoded[index];
            _rows.Add(device, reading, _census.AssignmentOf(device, reading.CorrectedTime), record.Position);
        }
    }

    private bool Decode(in LogRecord record)
    {
        try
        {
            var publish = PublishRecord.Read(record.Body);
            return _decoder.Decode(publish.Payload, ContentTypeOf(publish), new Instant(record.TimeUnixMilliseconds), _decoded) is null;
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
