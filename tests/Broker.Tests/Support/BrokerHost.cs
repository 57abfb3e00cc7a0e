using System.Net;
using System.Text;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.WebSockets;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>A broker with a log in a directory of its own, on a free port of the loopback address.</summary>
internal sealed class BrokerHost : IAsyncDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly BrokerOptions _options;
    private readonly LogOptions _logOptions;
    private WebApplication? _application;
    private int _flushes;

    private BrokerHost(BrokerOptions options, TimeProvider clock, int topicsAtMost, int pendingBytesAtMost, long? segmentSizeBytes, long reserveBytes)
    {
        _options = options;
        var log = new LogOptions { Directory = _directory["log"], TopicCountAtMost = topicsAtMost, PendingBytesAtMost = pendingBytesAtMost, ReserveBytes = reserveBytes };

        // A test that asks for small segments wants them deleted as soon as nobody needs them.
        _logOptions = segmentSizeBytes is null
            ? log
            : new LogOptions
            {
                Directory = log.Directory,
                TopicCountAtMost = topicsAtMost,
                PendingBytesAtMost = pendingBytesAtMost,
                ReserveBytes = reserveBytes,
                SegmentSizeBytes = segmentSizeBytes.Value,
                RetentionAge = TimeSpan.Zero,
            };
        Clock = clock;
    }

    public HeldDisk Disk { get; } = new();

    public RecordingLogs Logs { get; } = new();

    public TimeProvider Clock { get; }

    public MqttBroker Broker { get; private set; } = null!;

    public DurableLog Log { get; private set; } = null!;

    public int Port { get; private set; }

    /// <summary>The port of the HTTP endpoint, where MQTT is spoken over WebSocket.</summary>
    public int HttpPort { get; private set; }

    /// <summary>Whether a test expects errors in the logs.</summary>
    public bool ErrorsExpected { get; set; }

    /// <summary>How often a connection sent something.</summary>
    public int Flushes => Volatile.Read(ref _flushes);

    public static async Task<BrokerHost> StartAsync(
        BrokerOptions? options = null, TimeProvider? clock = null, int topicsAtMost = 100_000, int pendingBytesAtMost = 8 << 20,
        long? segmentSizeBytes = null, long reserveBytes = 0)
    {
        var host = new BrokerHost(options ?? new BrokerOptions(), clock ?? TimeProvider.System, topicsAtMost, pendingBytesAtMost, segmentSizeBytes, reserveBytes);
        await host.StartAsync();
        return host;
    }

    /// <summary>Stops everything and starts again on the same log.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task StopAsync()
    {
        if (_application is not null)
        {
            await Broker.StopAsync(CancellationToken.None);
            await _application.StopAsync(CancellationToken.None);
            await _application.DisposeAsync();
            await Broker.DisposeAsync();
            Log.Dispose();
            _application = null;
        }
    }

    /// <summary>The records of the log that are durable, of the kinds that the broker writes.</summary>
    public IReadOnlyList<LoggedRecord> Records(params RecordKind[] kinds)
    {
        var records = new List<LoggedRecord>();
        using var reader = Log.OpenReader(Log.Start, RecordKinds.Of(kinds));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                records.Add(Copy(record));
            }
        }

        return records;
    }

    /// <summary>The payloads of the readings in the log.</summary>
    public IReadOnlyList<string> Readings() => [.. Records(RecordKind.Reading).Select(record => record.Payload)];

    public Task<RawClient> OpenAsync() => RawClient.OpenAsync(Port);

    public async Task<RawClient> ConnectAsync(string clientId, int version = 4, bool clean = true, uint expirySeconds = 0)
    {
        var client = await OpenAsync();
        await client.ConnectAsync(clientId, version, clean, expirySeconds: expirySeconds);
        return client;
    }

    /// <summary>Waits until something holds that happens on other threads.</summary>
    public static Task UntilAsync(string what, Func<bool> condition) =>
        Eventually.HoldsAsync(what, TimeSpan.FromSeconds(20), condition, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        Disk.Release();
        await StopAsync();
        _directory.Dispose();
        if (!ErrorsExpected)
        {
            Assert.Empty(Logs.Errors);
        }
    }

    private async Task StartAsync()
    {
        var sessions = new SessionProjection();
        var retained = new RetainedProjection();
        Log = DurableLog.Open(_logOptions, Disk, Clock, sessions, retained);
        Broker = new MqttBroker(_options, Log, sessions, retained, Clock, Logs);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddMqttBroker(Broker);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen =>
            {
                listen.Use(next => connection =>
                {
                    connection.Transport = new CountingTransport(connection.Transport, () => Interlocked.Increment(ref _flushes));
                    return next(connection);
                });
                listen.UseConnectionHandler<MqttConnectionHandler>();
            });
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        _application = builder.Build();
        _application.MapMqttWebSocket(Broker);
        await Broker.StartAsync(CancellationToken.None);
        await _application.StartAsync();
        var addresses = _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        (Port, HttpPort) = (new Uri(addresses[0]).Port, new Uri(addresses[1]).Port);
    }

    private static LoggedRecord Copy(in LogRecord record)
    {
        switch (record.Kind)
        {
            case RecordKind.Release:
                var release = ReleaseRecord.Read(record.Body);
                return new LoggedRecord(record.Kind, null, Encoding.UTF8.GetString(release.Client), 2, release.PacketIdentifier, "", "");
            case RecordKind.Session:
                var session = SessionRecord.Read(record.Body);
                return new LoggedRecord(record.Kind, null, Encoding.UTF8.GetString(session.Client), 0, 0, session.Event.ToString(), "");
            default:
                var publish = PublishRecord.Read(record.Body);
                return new LoggedRecord(
                    record.Kind, record.Topic?.Name, Encoding.UTF8.GetString(publish.Client), publish.QualityOfService, publish.PacketIdentifier,
                    Encoding.UTF8.GetString(publish.Payload), Encoding.UTF8.GetString(publish.ContentType));
        }
    }
}
