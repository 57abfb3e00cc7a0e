using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Clocks;
using IoTGateway.Storage.Influx;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage;

/// <summary>
/// Drains the log into one sink at the sink's pace, on threads of its own: whatever happens here delays neither publishers nor other
/// consumers. At least once: the cursor moves after the sink has stored. A device whose readings fail is parked; all others go on.
/// </summary>
/// <remarks>
/// What does not decode is counted and passed over; the rules write the dead letters, once for all consumers. A failure ends it and is told by
/// <see cref="Failure"/>; it then still holds the log from its cursor on, until it is disposed.
/// </remarks>
public sealed class StorageConsumer : IDisposable
{
    private readonly IReadingSink _sink;
    private readonly LogConsumer _consumer;
    private readonly StorageHandler _handler;
    private readonly SinkRunner _runner;
    private readonly ILogger _logger;

    /// <summary>Opens the log's consumer: from now on the log keeps what the sink has not stored yet.</summary>
    /// <param name="name">The consumer's name in the log, for example <c>store</c> or <c>influx</c>.</param>
    /// <param name="log">The log.</param>
    /// <param name="sink">Where the readings go. Not disposed here.</param>
    /// <param name="catalogue">The signals.</param>
    /// <param name="censusBefore">Who was where, as known just before a place of the log; the copy is this consumer's own.</param>
    /// <param name="clockOffsets">The clock offsets of the log as of the start; copied.</param>
    /// <param name="options">Where the side file is, and what becomes of topics that fail; how much is gathered is the sink's affair.</param>
    /// <param name="disk">Where the side file is.</param>
    /// <param name="clock">Measures the time for gathering.</param>
    /// <param name="random">Jitter of the retries.</param>
    /// <param name="logger">Failures.</param>
    /// <param name="start">Where a new consumer begins; null: at the oldest record that is kept.</param>
    /// <exception cref="LogCorruptException">The sink's cursor is outside the log; the message names the gap.</exception>
    /// <exception cref="InvalidDataException">The side file is damaged or of another version.</exception>
    public StorageConsumer(
        string name,
        DurableLog log,
        IReadingSink sink,
        SignalCatalogue catalogue,
        Func<LogPosition, CensusHistory> censusBefore,
        ClockOffsetHistory clockOffsets,
        DrainOptions options,
        IDisk disk,
        TimeProvider clock,
        Random random,
        ILogger logger,
        LogPosition? start = null)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(sink);
        ArgumentNullException.ThrowIfNull(censusBefore);
        ArgumentNullException.ThrowIfNull(clockOffsets);
        ArgumentNullException.ThrowIfNull(options);
        var kinds = RecordKinds.Of(RecordKind.Reading, RecordKind.Census, RecordKind.ClockOffset, RecordKind.Observation);
        _sink = sink;
        _logger = logger;
        _consumer = sink.KeepsCursor ? log.OpenConsumerAt(name, kinds, sink.Cursor ?? start ?? log.Start, sink.CursorIdentity) : log.OpenConsumer(name, kinds, start ?? log.Start);
        try
        {
            _handler = new StorageHandler(log, _consumer, sink, catalogue, censusBefore(_consumer.Position), clockOffsets.Copy());
            _runner = new SinkRunner(
                log, _consumer, _handler, options with { Lanes = 1, RecordsAtMost = sink.RowsAtMost, GatherAtMost = sink.GatherAtMost }, disk, clock, random);
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }

        _runner.Failed += Fail;
    }

    /// <summary>Raised once, on one of the consumer's threads, when it has failed.</summary>
    public event Action<StorageConsumer>? Failed;

    /// <summary>The consumer's name in the log.</summary>
    public string Name => _consumer.Name;

    /// <summary>Why it has stopped; null while it works and after an ordinary stop.</summary>
    public Exception? Failure => _runner.Failure;

    /// <summary>Readings handed to the sink since the start.</summary>
    public long Readings => _handler.Readings;

    /// <summary>Records passed over since the start, since they could not be decoded or their topic is of no device.</summary>
    public long Skipped => _handler.Skipped;

    /// <summary>How the sink is doing.</summary>
    public SinkState SinkState => _sink.State;

    /// <summary>The topics whose readings fail, and what becomes of them.</summary>
    public SinkRunner Runner => _runner;

    /// <summary>Drains the log until it is cancelled or fails. The task ends without an exception in both cases: see <see cref="Failure"/>.</summary>
    public Task RunAsync(CancellationToken cancellation) => _runner.RunAsync(cancellation);

    /// <summary>Keeps a reading that the sink has refused for good as a dead letter. To be called by the sink while it stores.</summary>
    public void KeepAsDeadLetter(RejectedRow row) => _handler.KeepAsDeadLetter(row);

    /// <summary>Closes the log's consumer. Only after the task of <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _runner.Dispose();
        _consumer.Dispose();
    }

    private void Fail(SinkRunner runner)
    {
        _logger.ConsumerFailed(Name, runner.Failure!.Message, runner.Failure);
        Failed?.Invoke(this);
    }
}
