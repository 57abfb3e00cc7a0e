using IoTGateway.Alerts;
using IoTGateway.Broker.Connections;
using IoTGateway.Broker.Delivery;
using IoTGateway.Broker.Packets;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Readings;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker;

/// <summary>
/// MQTT 3.1.1 and 5. Readings, device states and acknowledgements are appended to the log and acknowledged when they are durable;
/// everything goes to those who subscribed to it. Start it before the first endpoint opens.
/// </summary>
public sealed partial class MqttBroker : IRetainedTopics, IAsyncDisposable
{
    private readonly BrokerContext _context;
    private readonly BrokerOptions _options;
    private readonly RetainedProjection _retained;
    private readonly ILogger _logger;
    private readonly ReadingCopies _copies;
    private readonly CancellationTokenSource _background = new();
    private readonly CancellationTokenSource _cut = new();
    private Task[] _parts = [];
    private CancellationTokenRegistration _logFailed;
    private int _state;

    private const int New = 0;
    private const int Running = 1;
    private const int Stopping = 2;

    /// <summary>A broker that does not run yet.</summary>
    /// <param name="options">What is allowed.</param>
    /// <param name="log">Where messages are kept; open.</param>
    /// <param name="sessions">The sessions, recovered by the log when it was opened.</param>
    /// <param name="retained">The retained device states, recovered by the log when it was opened.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="loggers">Makes the logger.</param>
    public MqttBroker(
        BrokerOptions options, DurableLog log, SessionProjection sessions, RetainedProjection retained, TimeProvider clock, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(log);
        ArgumentNullException.ThrowIfNull(sessions);
        ArgumentNullException.ThrowIfNull(retained);
        options.ThrowIfInvalid();
        _options = options;
        _retained = retained;
        _logger = loggers.CreateLogger<MqttBroker>();
        var store = new SessionStore(log, sessions, clock, options.SessionsAtMost);
        var connections = new ConnectionRegistry();
        var subscribers = new Subscribers(options, store, connections, _logger);
        var statuses = new StatusRelay(subscribers);
        _copies = new ReadingCopies(log, subscribers, options, clock, _logger);
        _context = new BrokerContext
        {
            Options = options,
            Log = log,
            Admission = new Admission(log, clock, options.WithholdAtMost, options.ConnectionsAtMost),
            Clock = clock,
            Logger = _logger,
            Sessions = store,
            Connections = connections,
            Subscribers = subscribers,
            Statuses = statuses,
            Wills = new Wills(log, subscribers, statuses, clock, _logger, _cut.Token),
            ClientIds = new AssignedClientIds(log.End, Instant.Now(clock)),
            HalfPackets = new HalfPacketBudget(options.HalfPacketsBytesAtMost),
            Complaints = new LogThrottle(clock, _logger, BrokerContext.ComplaintsAtMost, TimeSpan.FromSeconds(10)),
            Refusals = new LogThrottle(clock, _logger, messagesAtMost: 1, TimeSpan.FromMinutes(1)),
            Cut = _cut.Token,
        };
    }

    /// <summary>The figures since the start.</summary>
    public BrokerCounters Counters
    {
        get
        {
            var sum = _context.Connections.Sum();
            return sum with
            {
                Received = sum.Received + _context.Wills.Received,
                Refused = sum.Refused + _context.Wills.Refused,
                Copies = _copies.Copied,
                CopiesSkipped = _copies.SkippedBytes,
                Sessions = _context.Sessions.Count,
            };
        }
    }

    /// <summary>How many messages are retained.</summary>
    internal int RetainedCount => _context.Subscribers.RetainedCount;

    /// <summary>The clock.</summary>
    internal TimeProvider Clock => _context.Clock;

    /// <summary>The open connections.</summary>
    internal ConnectionRegistry Connections => _context.Connections;

    /// <summary>Starts it: from here on messages can be published, and endpoints may be opened.</summary>
    public Task StartAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Interlocked.CompareExchange(ref _state, Running, New) != New)
        {
            throw new InvalidOperationException("The MQTT broker has been started before; make a new one.");
        }

        foreach (var (topic, message) in _retained.Messages)
        {
            _context.Subscribers.Publish(new Message(topic, message.Payload, message.QualityOfService, Retain: true));
        }

        _logFailed = _context.Log.Failed.Register(CloseForFailedLog);
        _parts =
        [
            GuardAsync("relay of device states", _context.Statuses.RunAsync),
            GuardAsync("wills", _context.Wills.RunAsync),
            GuardAsync("copies for subscribers", _copies.RunAsync),
            GuardAsync("watch over connections", WatchAsync),
            GuardAsync("heartbeat", BeatAsync),
        ];
        _logger.Started(_context.Sessions.Count);
        return Task.CompletedTask;
    }

    /// <summary>
    /// Stops it: what was appended is acknowledged, MQTT 5 clients are told, connections end. Within a few seconds, whatever the disk and the
    /// clients do.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (Interlocked.Exchange(ref _state, Stopping) != Running)
        {
            return;
        }

        await EndConnectionsAsync(cancellation);
        await _cut.CancelAsync();
        await _background.CancelAsync();
        await Task.WhenAll(_parts);
        await _logFailed.DisposeAsync();
        _logger.Stopped();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _context.Subscribers.Dispose();
        _background.Dispose();
        _cut.Dispose();
    }

    /// <summary>Serves one connection until it ends.</summary>
    internal async Task ServeAsync(ConnectionContext transport)
    {
        if (Volatile.Read(ref _state) != Running || FailedPart is not null)
        {
            return;
        }

        var connection = new MqttConnection(_context, transport);
        if (_context.Connections.Add(connection, _options.ConnectionsAtMost) is { } silent)
        {
            silent.CloseAsSilent();
        }

        if (Volatile.Read(ref _state) != Running)
        {
            connection.Close(ReasonCode.ServerShuttingDown); // The stop began before the connection was known.
        }

        try
        {
            await connection.RunAsync();
        }
        finally
        {
            await connection.FinishAsync();
        }
    }

    private async Task EndConnectionsAsync(CancellationToken cancellation)
    {
        var open = _context.Connections.All;
        foreach (var connection in open)
        {
            connection.Close(ReasonCode.ServerShuttingDown);
        }

        var ended = Task.WhenAll(open.Select(connection => connection.Completed));
        try
        {
            await ended.WaitAsync(_options.StopTimeout + TimeSpan.FromSeconds(1), _context.Clock, cancellation);
        }
        catch (Exception failure) when (failure is TimeoutException or OperationCanceledException)
        {
            var left = _context.Connections.All;
            _logger.ConnectionsCut(left.Count);
            foreach (var connection in left)
            {
                connection.Abort();
            }

            await _cut.CancelAsync();
        }
    }

    private void CloseForFailedLog()
    {
        _logger.LogStopped();
        foreach (var connection in _context.Connections.All)
        {
            connection.Close(ReasonCode.ServerUnavailable);
        }
    }

    /// <summary>Runs a part in the background. Its first failure ends the service: a broker that works by halves is worse than none.</summary>
    private async Task GuardAsync(string part, Func<CancellationToken, Task> run)
    {
        await Task.Yield();
        try
        {
            await run(_background.Token);
        }
        catch (OperationCanceledException) when (_background.IsCancellationRequested)
        {
            // Stopped.
        }
#pragma warning disable CA1031 // Whatever it is, it ends the service and is logged.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            _logger.PartFailed(failure, part);
            Volatile.Write(ref _failed, part);
            foreach (var connection in _context.Connections.All)
            {
                connection.Close(ReasonCode.ServerUnavailable);
            }
        }
    }
}
