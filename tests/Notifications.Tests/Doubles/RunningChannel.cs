using IoTGateway.Notifications.Channels;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A channel at work on a test's log, with a server that a test commands.</summary>
internal sealed class RunningChannel : IAsyncDisposable
{
    private readonly LogConsumer _consumer;
    private readonly SinkRunner _runner;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;

    public RunningChannel(TestLog log, string name, FakeSender sender)
    {
        var consumerName = "webhook:" + name;
        _consumer = log.Log.OpenConsumer(consumerName, RecordKinds.Of(RecordKind.Page), log.Log.Start);
        var handler = new PageHandler(name, consumerName, log.Log, log.Escalator.Look, () => sender, () => TimeZoneInfo.Utc);
        var options = new DrainOptions { Directory = "/parked", Lanes = 4, RecordsAtMost = 1, RetryAtMost = TimeSpan.FromSeconds(15), ParkedTriesAtMost = 1_000 };
        _runner = new SinkRunner(log.Log, _consumer, handler, options, log.Disk, log.Log.Clock, new Random(1));
        _running = _runner.RunAsync(_stop.Token);
    }

    public Exception? Failure => _runner.Failure;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _runner.Dispose();
        _consumer.Dispose();
        _stop.Dispose();
    }
}
