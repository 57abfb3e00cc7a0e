using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Channels;

/// <summary>A channel at work: its own consumers, cursors, retries and threads. Whatever happens here delays no other channel.</summary>
internal sealed class PageChannel : IAsyncDisposable
{
    private readonly DurableLog _log;
    private readonly ChannelHealth _health = new();
    private readonly PageDrain _calls;
    private readonly PageDrain _overs;
    private readonly Lock _gate = new();
    private IPageSender _sender;
    private long _awaySince = Instant.MinValue.UnixMilliseconds;

    /// <summary>Opens the consumers; nothing is sent before <see cref="Start"/>.</summary>
    public PageChannel(
        ChannelSettings settings, DurableLog log, Func<Page, PageVerdict> look, Func<TimeZoneInfo> zone, string parkedDirectory, IDisk disk, Func<Random> random)
    {
        _log = log;
        Settings = settings;
        _sender = CreateSender(settings);
        try
        {
            _calls = Open(settings.ConsumerName, isForOvers: false);
            _overs = Open(settings.OverConsumerName, isForOvers: true);
        }
        catch
        {
            // Neither runs yet, so nothing has to be waited for.
            _calls?.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _sender.Dispose();
            throw;
        }

        PageDrain Open(string consumer, bool isForOvers) =>
            new(settings.Name, consumer, isForOvers, log, look, Sender, _health, zone, parkedDirectory, disk, random());
    }

    public ChannelSettings Settings { get; private set; }

    /// <summary>The runners: of the pages that call for somebody, and of those that say "over".</summary>
    public IReadOnlyList<SinkRunner> Runners => [_calls.Runner, _overs.Runner];

    /// <summary>Why one of them has stopped; null while both work.</summary>
    public Exception? Failure => _calls.Runner.Failure ?? _overs.Runner.Failure;

    public void Start()
    {
        _calls.Start();
        _overs.Start();
    }

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
        var (since, reason) = Failure is { } failure ? (now, $"It has stopped ({failure.GetType().Name}); the log has the details.")
            : _health.Trouble is { } trouble ? (trouble.Since, trouble.Reason)
            : (now, _calls.Runner.AwayReason ?? _overs.Runner.AwayReason ?? "");
        if (reason.Length == 0)
        {
            Interlocked.Exchange(ref _awaySince, Instant.MinValue.UnixMilliseconds);
        }
        else
        {
            Interlocked.CompareExchange(ref _awaySince, since.UnixMilliseconds, Instant.MinValue.UnixMilliseconds);
        }

        var away = Interlocked.Read(ref _awaySince);
        return new ChannelStatus(Settings.Name, Settings.Kind, Waiting: 0, reason.Length == 0 ? null : new Instant(away), reason, _health.LastSent);
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_calls.DisposeAsync().AsTask(), _overs.DisposeAsync().AsTask()).ConfigureAwait(false);
        _sender.Dispose();
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
