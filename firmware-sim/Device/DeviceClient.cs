namespace IoTGateway.FirmwareSim.Device;

/// <summary>
/// An MQTT publisher as a good device has it: it keeps every message until the gateway has acknowledged it, reconnects for ever, and goes on
/// with the deliveries that were under way under their old packet ids (PUBLISH with DUP, PUBREL).
/// </summary>
/// <remarks>
/// <para>What is kept is in memory: this process is the device. It survives any number of restarts of the gateway, not of the process.
/// A process that starts finds a session of an earlier one at most; that session's packet ids would be mistaken for its own, so it is
/// discarded first (clean session 1), and only then the lasting one is opened (clean session 0).</para>
/// <para>Any thread may publish. One task connects, one reads and one writes; they share the in-flight store under one lock.</para>
/// </remarks>
public sealed partial class DeviceClient : IAsyncDisposable
{
    /// <summary>How long nothing new is sent after the gateway refused a message for the moment.</summary>
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(1);

    private readonly DeviceClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly ReconnectBackoff _backoff;
    private readonly CancellationTokenSource _stop = new();

    /// <summary>Free places for readings in the store; publishing takes one, the final acknowledgement gives it back.</summary>
    private readonly SemaphoreSlim _room;

    /// <summary>Tells the writer that there may be something to write.</summary>
    private readonly SemaphoreSlim _work = new(0);

    private readonly Lock _gate = new();

    /// <summary>Guarded by <see cref="_gate"/>.</summary>
    private readonly InFlightStore _store;

    /// <summary>Completed when the store is empty; null while nobody waits. Guarded by <see cref="_gate"/>.</summary>
    private TaskCompletionSource? _whenEmpty;

    private Task _run = Task.CompletedTask;
    private Exception? _failure;
    private long _connections;
    private volatile bool _closing;
    private bool _started;
    private volatile bool _disposed;

    /// <summary>Makes a device; <see cref="Start"/> lets it connect. Throws <see cref="ArgumentException"/> when an option is out of its range.</summary>
    public DeviceClient(DeviceClientOptions options, TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clock);
        options.Validate();
        _options = options;
        _clock = clock;
        _backoff = new ReconnectBackoff(options.RetryFirst, options.RetryLongest, new Random(options.RetrySeed));
        _room = new SemaphoreSlim(options.StoreCapacity);
        _store = new InFlightStore(options.Window);
    }

    /// <summary>What it has done so far.</summary>
    public DeviceCounters Counters
    {
        get
        {
            lock (_gate)
            {
                return new(_store.Sent, _store.Acknowledged, _store.Resent, _store.SentAnew, Math.Max(0, Volatile.Read(ref _connections) - 1));
            }
        }
    }

    /// <summary>Begins to connect, in the background. Call it once.</summary>
    public void Start()
    {
        if (_started)
        {
            throw new InvalidOperationException("The device was started before.");
        }

        _started = true;
        _run = Task.Run(RunAsync);
    }

    /// <summary>
    /// Hands a reading over to the device, which keeps and sends it until the gateway has acknowledged it. Returns when the device has it;
    /// waits while its store is full. Readings of one caller are first sent in the order of the calls.
    /// </summary>
    /// <param name="topic">The topic.</param>
    /// <param name="payload">The bytes; not copied: leave them alone afterwards.</param>
    /// <param name="quality">The delivery promise.</param>
    /// <param name="cancellation">Ends the waiting; the reading is then not handed over.</param>
    /// <exception cref="GatewayRefusedException">The gateway refuses this device or what it publishes.</exception>
    /// <exception cref="GatewayUnreachableException">The device gave up.</exception>
    public async ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, DeliveryQuality quality, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        ThrowIfUnusable();
        if (!_room.Wait(0, CancellationToken.None))
        {
            await WaitForRoomAsync(cancellation).ConfigureAwait(false);
        }

        lock (_gate)
        {
            _store.Add(new StoredMessage(topic, payload, quality, retain: false));
        }

        _work.Release();
    }

    /// <summary>Waits until everything handed over is acknowledged.</summary>
    /// <exception cref="GatewayRefusedException">The gateway refuses this device or what it publishes.</exception>
    /// <exception cref="GatewayUnreachableException">The device gave up.</exception>
    public async Task DrainAsync(CancellationToken cancellation)
    {
        Task empty;
        lock (_gate)
        {
            if (_store.IsEmpty)
            {
                return;
            }

            _whenEmpty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            empty = _whenEmpty.Task;
        }

        await Task.WhenAny(empty, _run).WaitAsync(cancellation).ConfigureAwait(false);
        ThrowIfUnusable();
    }

    /// <summary>The orderly end: waits until everything is acknowledged, says "offline" where it has a status topic, and disconnects.</summary>
    /// <param name="cancellation">Ends the waiting; the connection is then cut by <see cref="DisposeAsync"/>, and what was not acknowledged is lost.</param>
    /// <exception cref="GatewayRefusedException">The gateway refuses this device or what it publishes.</exception>
    /// <exception cref="GatewayUnreachableException">The device gave up.</exception>
    public async Task CloseAsync(CancellationToken cancellation)
    {
        if (!_closing)
        {
            lock (_gate)
            {
                if (_options.StatusDevice is { } device)
                {
                    _store.Add(DeviceStatus.Offline(device));
                }
            }

            _closing = true;
            _work.Release();
        }

        await _run.WaitAsync(cancellation).ConfigureAwait(false);
        if (_failure is { } failure)
        {
            throw failure;
        }
    }

    /// <summary>Cuts the connection, if there is one, and forgets everything. A will is then sent by the gateway.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_disposed)
        {
            return;
        }

        _disposed = true;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _run.ConfigureAwait(false);
        _stop.Dispose();
        _room.Dispose();
        _work.Dispose();
    }

    private async Task WaitForRoomAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stop.Token);
        try
        {
            await _room.WaitAsync(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            ThrowIfUnusable();
            throw;
        }
    }

    private void ThrowIfUnusable()
    {
        if (Volatile.Read(ref _failure) is { } failure)
        {
            throw failure;
        }

        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_closing)
        {
            throw new InvalidOperationException("The device is being closed.");
        }
    }
}
