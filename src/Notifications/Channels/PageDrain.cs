using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;

namespace IoTGateway.Notifications.Channels;

/// <summary>
/// One of the two ways of a channel's pages: those that call for somebody, or those that say that an alert is over. Each has its own consumer, cursor, retries
/// and threads, so that no call ever stands behind an "over".
/// </summary>
internal sealed class PageDrain : IAsyncDisposable
{
    private const int CallLanes = 4;
    private const int ParkedTriesAtMost = 100_000;

    private static readonly TimeSpan RetryFirst = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RetryAtMost = TimeSpan.FromSeconds(15);

    private readonly LogConsumer _consumer;
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;

    /// <summary>Opens the consumer; nothing is sent before <see cref="Start"/>.</summary>
    public PageDrain(
        string channel,
        string consumer,
        bool isForOvers,
        DurableLog log,
        Func<Page, PageVerdict> look,
        Func<IPageSender> sender,
        ChannelHealth health,
        Func<TimeZoneInfo> zone,
        string parkedDirectory,
        IDisk disk,
        Random random)
    {
        _consumer = log.OpenConsumer(consumer, RecordKinds.Of(RecordKind.Page), log.Start);
        try
        {
            var handler = new PageHandler(channel, consumer, isForOvers, log, look, sender, health, zone);
            var options = new DrainOptions
            {
                Directory = parkedDirectory,
                Lanes = isForOvers ? 1 : CallLanes,

                // One page a delivery: what fails or is slow holds up nothing but what stands behind it.
                RecordsAtMost = 1,
                RetryFirst = RetryFirst,
                RetryAtMost = RetryAtMost,
                ParkedTriesAtMost = ParkedTriesAtMost,
            };
            Runner = new SinkRunner(log, _consumer, handler, options, disk, log.Clock, random);
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }
    }

    public SinkRunner Runner { get; }

    public void Start() => _running = Runner.RunAsync(_stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        Runner.Dispose();
        _consumer.Dispose();
        _stop.Dispose();
    }
}
