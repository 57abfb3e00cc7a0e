using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Channels;

/// <summary>A channel at work: its own consumer, cursor, retries and threads. Whatever happens here delays no other channel.</summary>
internal sealed class PageChannel : IAsyncDisposable
{
    private const int Lanes = 4;
    private const int ParkedTriesAtMost = 100_000;

    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAtMost = TimeSpan.FromSeconds(15);

    private readonly DurableLog _log;
    private readonly LogConsumer _consumer;
    private readonly PageHandler _handler;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Task _running = Task.CompletedTask;
    private IPageSender _sender;
    private long _awaySince = Instant.MinValue.UnixMilliseconds;

    /// <summary>Opens the consumer; nothing is sent before <see cref="Start"/>.</summary>
    public PageChannel(
        ChannelSettings settings, DurableLog log, Func<Page, PageVerdict> look, Func<TimeZoneInfo> zone, string parkedDirectory, IDisk disk, Random random)
    {
        _log = log;
        Settings = settings;
        _sender = CreateSender(settings);
        _consumer = log.OpenConsumer(settings.ConsumerName, RecordKinds.Of(RecordKind.Page), log.Start);
        try
        {
            _handler = new PageHandler(settings.Name, settings.ConsumerName, log, look, Sender, zone);
            var options = new DrainOptions
            {
                Directory = parkedDirectory,
                Lanes = Lanes,

                // One page a delivery: what fails or is slow holds up nothing but what stands behind it.
                RecordsAtMost = 1,
                RetryFirst = RetryFirst,
                RetryAtMost = RetryAtMost,
                ParkedTriesAtMost = ParkedTriesAtMost,
            };
            Runner = new SinkRunner(log, _consumer, _handler, options, disk, log.Clock, random);
        }
        catch
        {
            _consumer.Dispose();
            _sender.Dispose();
            throw;
        }
    }

    public ChannelSettings Settings { get; private set; }

    public SinkRunner Runner { get; }

    public void Start() => _running = Runner.RunAsync(_stop.Token);

    /// <summary>Other settings of the same kind and name: the next try uses them.</summary>
    public void Change(ChannelSettings settings)
    {
        lock (_gate)
        {
            // A try that is under way ends with the old one; it is left to the collector.
            _sender = CreateSender(settings);
            Settings = settings;
        }
    }

    /// <summary>How it is doing; how many pages wait is the ledger's to say.</summary>
    public ChannelStatus Status(Instant now)
    {
        var (since, reason) = Runner.Failure is { } failure ? (now, $"It has stopped ({failure.GetType().Name}); the log has the details.")
            : _handler.Trouble is { } trouble ? (trouble.Since, trouble.Reason)
            : (now, Runner.AwayReason ?? "");
        if (reason.Length == 0)
        {
            Interlocked.Exchange(ref _awaySince, Instant.MinValue.UnixMilliseconds);
        }
        else
        {
            Interlocked.CompareExchange(ref _awaySince, since.UnixMilliseconds, Instant.MinValue.UnixMilliseconds);
        }

        var away = Interlocked.Read(ref _awaySince);
        return new ChannelStatus(Settings.Name, Settings.Kind, Waiting: 0, reason.Length == 0 ? null : new Instant(away), reason, _handler.LastSent);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        Runner.Dispose();
        _consumer.Dispose();
        _sender.Dispose();
        _stop.Dispose();
    }

    private IPageSender Sender()
    {
        lock (_gate)
        {
            return _sender;
        }
    }

    private IPageSender CreateSender(ChannelSettings settings) => settings switch
    {
        WebhookSettings webhook => new WebhookSender(webhook, _log.Clock, _log.Clock.GetWallClockNow),
        EmailSettings email => new EmailSender(email, _log.Clock, _log.Clock.GetWallClockNow),
        _ => throw new InvalidOperationException($"A channel of the kind '{settings.Kind}' has no way out."),
    };
}
