using IoTGateway.Alerts;
using IoTGateway.Configuration;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Storage;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Influx;
using IoTGateway.Storage.Influx.History;

namespace IoTGateway.Hosting;

/// <summary>The storage consumers that the configuration asks for, each with its own sink, cursor and thread.</summary>
internal sealed class StorageHost : IAsyncDisposable
{
    private const string StoreName = "store";
    private const string InfluxName = "influx";

    private readonly List<IDisposable> _sinks = [];
    private readonly List<StorageConsumer> _consumers = [];
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    public StorageHost(GatewayOptions options, DurableLog log, SignalCatalogue catalogue, CensusProjection census, ClockOffsetProjection clockOffsets, TimeProvider clock, ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger<StorageConsumer>();
        if (options.Storage.BuiltIn.Enabled)
        {
            var directory = DataLayout.Store(options.DataDirectory);
            var store = OpenStore(directory, options, log, clock, logger);
            var history = new BuiltInHistory(directory);
            _sinks.Add(store);
            _sinks.Add(history);
            History = history;
            Add(StoreName, store, log.Start);
        }

        if (options.Storage.Influx.Url is { Length: > 0 } url)
        {
            var http = InfluxSink.CreateHttpClient();
            StorageConsumer? consumer = null;
            var influx = new InfluxSink(options.Storage.Influx.ToOptions(new Uri(url)), http, clock, NewRandom(), logger, row => consumer!.KeepAsDeadLetter(row));
            _sinks.Add(http);
            _sinks.Add(influx);
            consumer = Add(InfluxName, influx, StartPlace.In(log, options.Storage.Influx.From));
            History ??= new InfluxHistory(options.Storage.Influx.ToOptions(new Uri(url)), catalogue, http, clock);
        }

        StorageConsumer Add(string name, IReadingSink sink, LogPosition start)
        {
            var draining = new DrainOptions
            {
                Directory = DataLayout.Parked(options.DataDirectory),
                ParkedTriesAtMost = options.Queue.ParkedTries,
                ParkedAtMost = TimeSpan.FromHours(options.Queue.ParkedHours),
                ParkedBytesAtMost = options.Queue.ParkedBytes,
            };
            try
            {
                _consumers.Add(new StorageConsumer(
                    name, log, sink, catalogue, position => census.History.Before(position.Address), clockOffsets.History, draining, new RealDisk(), log.Clock, NewRandom(), logger, start));
                return _consumers[^1];
            }
            catch (InvalidDataException failure)
            {
                throw new UserErrorException(failure.Message, failure);
            }
        }
    }

    public IReadOnlyList<StorageConsumer> Consumers => _consumers;

    /// <summary>What the board draws curves from: the built-in store where there is one, else InfluxDB; null without either.</summary>
    public IHistory? History { get; }

    public void Start() => _running = Task.WhenAll(_consumers.Select(consumer => consumer.RunAsync(_stop.Token)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _consumers.ForEach(consumer => consumer.Dispose());
        _sinks.ForEach(sink => sink.Dispose());
        _stop.Dispose();
    }

    private static BuiltInStore OpenStore(string directory, GatewayOptions options, DurableLog log, TimeProvider clock, ILogger logger)
    {
        var storeOptions = new BuiltInStoreOptions { Directory = directory, RetentionAge = TimeSpan.FromDays(options.Storage.BuiltIn.RetentionDays), LogIdentity = log.Identity };
        try
        {
            return BuiltInStore.Open(storeOptions, clock, NewRandom(), logger);
        }
        catch (StoreException full) when (full.IsDiskFull && log.GiveUpReserve())
        {
            return OpenStore(directory, options, log, clock, logger); // A start needs a little room, also on a volume that is full.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"The built-in store in {Path.GetFullPath(directory)} cannot be used: {failure.Message}", failure);
        }
    }

    /// <summary>Spreads retries in time; seeded by the system, so that several gateways do not knock together.</summary>
    private static Random NewRandom() => new(System.Security.Cryptography.RandomNumberGenerator.GetInt32(int.MaxValue));
}
