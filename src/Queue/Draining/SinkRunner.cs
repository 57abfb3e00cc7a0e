using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Draining;

/// <summary>
/// Drains the log into a sink, at the sink's pace: reads in log order and hands the records to a bounded number of lanes by topic. A topic
/// whose records fail is parked in a side file and tried again later, while all others go on; a sink that is away holds up only itself.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Order: the records of a topic go through one lane, one after another; those of a parked topic follow behind what is parked.</item>
/// <item>The cursor is the low watermark: everything before it is delivered, parked durably, or a durable dead letter. At least once.</item>
/// <item>Memory: a lane holds two batches, whatever the backlog is. Disk: the side file is bounded; it pins no segment of the log.</item>
/// </list>
/// Parts: Reading (the reader's thread), Lanes (one thread each), Parking (topics that fail), Replay.
/// </remarks>
public sealed partial class SinkRunner : IDisposable
{
    private readonly DurableLog _log;
    private readonly LogConsumer _consumer;
    private readonly ISinkHandler _handler;
    private readonly DrainOptions _options;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ParkingFile _parking;
    private readonly ITimer _retryTimer;
    private readonly Lane[] _lanes;

    /// <summary>Guards the lanes and what the threads tell each other.</summary>
    private readonly object _gate = new();

    /// <summary>Held while the consumer reads or moves: it is for one thread at a time.</summary>
    private readonly Lock _consumerGate = new();

    private volatile Exception? _failure;
    private long _deadLetters;
    private long _deliveries;

    /// <summary>Prepares to drain and reads the side file; nothing runs before <see cref="RunAsync"/>.</summary>
    /// <param name="log">The log; dead letters are appended to it.</param>
    /// <param name="consumer">Where to go on. Not disposed here.</param>
    /// <param name="handler">The way to the sink.</param>
    /// <param name="options">How to serve it.</param>
    /// <param name="disk">Where the side file is.</param>
    /// <param name="clock">Measures delays and deadlines.</param>
    /// <param name="random">Jitter of the delays.</param>
    /// <exception cref="IOException">The side file cannot be used.</exception>
    /// <exception cref="InvalidDataException">The side file is damaged or of another version.</exception>
    public SinkRunner(DurableLog log, LogConsumer consumer, ISinkHandler handler, DrainOptions options, IDisk disk, TimeProvider clock, Random random)
    {
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(consumer);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Lanes, 1, nameof(options.Lanes));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.Lanes, 64, nameof(options.Lanes));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RecordsAtMost, 1, nameof(options.RecordsAtMost));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ParkedTriesAtMost, 1, nameof(options.ParkedTriesAtMost));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ParkedBytesAtMost, 64 << 10, nameof(options.ParkedBytesAtMost));
        _log = log;
        _consumer = consumer;
        _handler = handler;
        _options = options;
        _clock = clock;
        _random = random;
        _consumer.MarksWhatIsRead = false;
        _parking = new ParkingFile(disk, options.Directory, consumer.Name, log.FindTopic, CreateParked);
        _lanes = [.. Enumerable.Range(0, options.Lanes).Select(number => new Lane(number))];
        _readTo = consumer.Position;
        _retryTimer = clock.CreateTimer(_ => WakeLanes(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Raised once, on one of its threads, when it has failed.</summary>
    public event Action<SinkRunner>? Failed;

    /// <summary>Why it has stopped; null while it works and after an ordinary stop.</summary>
    public Exception? Failure => _failure;

    /// <summary>The topics that are parked.</summary>
    public IReadOnlyList<ParkedStatus> Parked => _parking.Status();

    /// <summary>Why the sink takes nothing at present; null while it does.</summary>
    public string? AwayReason { get; private set; }

    /// <summary>The consumer's name in the log.</summary>
    public string Name => _consumer.Name;

    /// <summary>Records that became dead letters since the start.</summary>
    public long DeadLetters => Interlocked.Read(ref _deadLetters);

    /// <summary>
    /// Drains the log until it is cancelled or fails; stands still while its consumer is paused. The task ends without an exception in both
    /// cases: see <see cref="Failure"/>.
    /// </summary>
    public Task RunAsync(CancellationToken cancellation)
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            Run(cancellation);
            ended.SetResult();
        })
        {
            Name = "sink " + _consumer.Name,
            IsBackground = true,
        };
        thread.Start();
        return ended.Task;
    }

    /// <summary>Closes the side file. Only after the task of <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _retryTimer.Dispose();
        _parking.Dispose();
    }

    private void Fail(Exception failure)
    {
        if (Interlocked.CompareExchange(ref _failure, failure, null) is null)
        {
            Failed?.Invoke(this);
        }
    }
}
