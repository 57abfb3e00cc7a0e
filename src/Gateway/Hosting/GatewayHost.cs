using System.Net;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Orders;
using IoTGateway.Board;
using IoTGateway.Broker;
using IoTGateway.Broker.Sessions;
using IoTGateway.Broker.WebSockets;
using IoTGateway.Configuration;
using IoTGateway.Control;
using IoTGateway.Notifications;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Http;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Figures;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Storage;
using Microsoft.AspNetCore.Connections;

namespace IoTGateway.Hosting;

/// <summary>The composition root: puts the parts together in the order of a reading's path, and takes them apart in the reverse order.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly Stack<Func<ValueTask>> _undo;

    private GatewayHost(Stack<Func<ValueTask>> undo) => _undo = undo;

    /// <summary>The durable queues.</summary>
    public required DurableLog Log { get; init; }

    /// <summary>The rules and the alerts.</summary>
    public required AlertService Alerts { get; init; }

    /// <summary>MQTT.</summary>
    public required MqttBroker Broker { get; init; }

    /// <summary>The consumers that store time series.</summary>
    public required IReadOnlyList<StorageConsumer> Storage { get; init; }

    /// <summary>Where devices connect.</summary>
    public IPEndPoint MqttAddress { get; private set; } = new(IPAddress.None, 0);

    /// <summary>Where the board is.</summary>
    public Uri BoardAddress { get; private set; } = new("http://127.0.0.1/");

    /// <summary>Starts everything; on return devices can connect.</summary>
    /// <exception cref="UserErrorException">Something that the person who starts it can mend.</exception>
    public static async Task<GatewayHost> StartAsync(GatewayOptions options, LogLevel logLevel, TimeProvider clock, CancellationToken cancellation)
    {
        var undo = new Stack<Func<ValueTask>>();
        try
        {
            var builder = GatewayWeb.CreateBuilder(options, logLevel);
            var loggers = GatewayWeb.CreateLoggers(logLevel);
            undo.Push(() => Dispose(loggers));

            // Queue: recover what is on disk.
            var sessions = new SessionProjection();
            var retained = new RetainedProjection();
            var ledger = new AlertLedger();
            var care = new CareLedger();
            var ruleSets = new RuleSetProjection();
            var census = new CensusProjection();
            var clockOffsets = new ClockOffsetProjection();
            var observations = new ObservationProjection();
            var escalations = new EscalationLedger();
            var notificationRules = new NotificationRulesProjection();
            var queueLog = loggers.CreateLogger<DurableLog>();
            var log = QueueHost.Open(
                options, clock, queueLog, sessions, retained, ledger, care, ruleSets, census, clockOffsets, observations, escalations, notificationRules);
            undo.Push(() => Dispose(log));

            // Who is told: held against the alerts before anything changes them.
            var notifications = new NotificationHost(options, log, escalations, notificationRules, ruleSets, ledger, clock, loggers);
            undo.Push(notifications.DisposeAsync);

            // Storage's cursors are held against the log before anything is appended: a log that was cut or replaced is refused as it was found.
            var storage = new StorageHost(options, log, CatalogueOf(options, ruleSets), census, clockOffsets, clock, loggers);
            undo.Push(storage.DisposeAsync);

            var archive = new ArchiveHost(options, log, census, ledger, clock, loggers);
            undo.Push(archive.DisposeAsync);

            // Rules and alerts.
            var alerts = new AlertService(
                log, ledger, care, ruleSets, census, clockOffsets, observations, () => new RuleEngine(), new AlertServiceOptions { UnassignedDevicesAtMost = options.Site.UnassignedDevices }, loggers.CreateLogger<AlertService>());
            undo.Push(alerts.DisposeAsync);
            var rules = new RuleDirectory(options.RulesDirectory, alerts, clock, loggers.CreateLogger<RuleDirectory>());
            undo.Push(rules.DisposeAsync);
            rules.Start();
            CensusFileWatch? censusWatch = null;
            if (options.CensusFile is { Length: > 0 } censusPath)
            {
                censusWatch = new CensusFileWatch(censusPath, rules, alerts, clock, loggers.CreateLogger<CensusFileWatch>());
                undo.Push(censusWatch.DisposeAsync);
                censusWatch.Start();
            }

            // Broker, then the alerts' way out through it.
            var broker = new MqttBroker(new BrokerOptions { OpenTopics = options.Mqtt.OpenTopics }, log, sessions, retained, log.Clock, loggers);
            undo.Push(broker.DisposeAsync);
            await broker.StartAsync(cancellation);
            await alerts.StartAsync(broker, cancellation);
            await notifications.StartAsync(alerts);

            // Storage.
            storage.Start();
            var sinkTrouble = new SinkTroubleWatch(storage.Consumers, log, clock);
            undo.Push(sinkTrouble.DisposeAsync);
            sinkTrouble.Start();
            archive.Start();
            QueueHost.ConsumersAreOpen(log, queueLog);
            var figures = new QueueFigures(log, log.Clock);
            undo.Push(() => Dispose(figures));
            var rulesMeter = new RulesMeter(rules, alerts);
            undo.Push(() => Dispose(rulesMeter));
            var control = new QueueControl(log, figures, storage.Consumers, archive.Consumer, notifications.Service, broker, log.Clock);
            var meter = new SinkMeter(() => control.Runners);
            undo.Push(() => Dispose(meter));

            // Board and listeners: from here on devices and people can come.
            builder.Services.AddMqttBroker(broker);
            builder.Services.AddSingleton<IWardView>(alerts).AddSingleton<IAlertCommands>(alerts).AddSingleton<IOrders>(alerts).AddSingleton<TimeProvider>(log.Clock);
            builder.Services.AddSingleton(alerts.Observations).AddSingleton(alerts.Census).AddSingleton<IEscalations>(notifications.Service);
            builder.Services.AddSingleton<IGatewayHealth>(new GatewayHealth(alerts, storage.Consumers, archive.Consumer, notifications.Service, censusWatch));
            if (archive.Archive is { } past)
            {
                builder.Services.AddSingleton(past);
            }

            if (storage.History is { } history)
            {
                builder.Services.AddSingleton(history);
            }

            BoardHost.Add(builder.Services, options, log, control, alerts, rules);
            builder.Services.AddBoard(board =>
            {
                board.TimeZone = options.Site.TimeZone;
                board.DisplayName = options.Site.Name;
            });
            var web = builder.Build();
            undo.Push(web.DisposeAsync);
            web.UseBoard();
            web.MapMqttWebSocket(broker);
            web.MapBoard();
            web.MapNotifications(notifications.Service, alerts);
            web.MapGet("/api/queues", (string? topic) => QueuesApi.List(log, control, topic, broker));
            web.MapPrometheusScrapingEndpoint();
            if (await ControlServer.StartAsync(options.DataDirectory, control, alerts, loggers, cancellation) is { } commands)
            {
                undo.Push(commands.DisposeAsync);
            }

            await StartWebAsync(web, options, cancellation);
            undo.Push(async () => await web.StopAsync(new CancellationTokenSource(StopTimeout, clock).Token));

            // Connections end before the listener is stopped, so that each client is told.
            undo.Push(async () => await broker.StopAsync(CancellationToken.None));

            var host = new GatewayHost(undo) { Log = log, Alerts = alerts, Broker = broker, Storage = storage.Consumers };
            (host.MqttAddress, host.BoardAddress) = GatewayWeb.AddressesOf(web);
            return host;
        }
        catch
        {
            await UndoAsync(undo);
            throw;
        }
    }

    /// <summary>Completes when the gateway has to stop: asked to, or because the log has failed, which it then throws.</summary>
    /// <exception cref="LogFailedException">The log has stopped; nothing is acknowledged any more.</exception>
    public async Task WaitUntilStoppedAsync(CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, Log.Failed);
        var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using (either.Token.Register(stopped.SetResult))
        {
            await stopped.Task;
        }

        if (!cancellation.IsCancellationRequested && Log.Failure is { } failure)
        {
            throw failure;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => UndoAsync(_undo);

    /// <summary>The signals of the rule files; while they are invalid those of the last good ones, and without any the shipped ones.</summary>
    private static SignalCatalogue CatalogueOf(GatewayOptions options, RuleSetProjection ruleSets)
    {
        RuleSet? rules = null;
        try
        {
            rules = RuleSetLoader.Load(RuleFiles.Read([options.RulesDirectory])).Rules;
        }
        catch (UserErrorException)
        {
            // Told by the rule directory, which reads them again.
        }

        return (rules ?? (ruleSets.Last is { } last ? RuleSetLoader.Load(last.Files).Rules : null))?.Catalogue ?? ShippedRules.SignalCatalogue;
    }

    private static async Task StartWebAsync(WebApplication web, GatewayOptions options, CancellationToken cancellation)
    {
        try
        {
            await web.StartAsync(cancellation);
        }
        catch (IOException failure) when (failure.InnerException is AddressInUseException)
        {
            var taken = failure.Message.Contains(options.Http.Listen, StringComparison.Ordinal) ? ("Http:Listen", options.Http.Listen, "--http") : ("Mqtt:Listen", options.Mqtt.Listen, "--mqtt");
            throw new UserErrorException($"{taken.Item2} is in use by another program; stop it, or choose another port with {taken.Item3} (setting {taken.Item1}).", failure);
        }
        catch (Exception failure) when (failure is System.Net.Sockets.SocketException or IOException)
        {
            throw new UserErrorException($"The gateway cannot listen on {options.Mqtt.Listen} and {options.Http.Listen}: {failure.Message}", failure);
        }
    }

    private static async ValueTask UndoAsync(Stack<Func<ValueTask>> undo)
    {
        while (undo.TryPop(out var step))
        {
            await step();
        }
    }

    private static ValueTask Dispose(IDisposable disposable)
    {
        disposable.Dispose();
        return ValueTask.CompletedTask;
    }
}
