using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;

namespace IoTGateway.Queue.Tests.Draining;

/// <summary>A sink's runner at work; disposing it ends it wherever it is.</summary>
internal sealed class RunningSink : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _ended;

    public RunningSink(DurableLog log, LogConsumer consumer, RecordingHandler handler, DrainOptions options, IDisk disk, TimeProvider clock)
    {
        Consumer = consumer;
        Runner = new SinkRunner(log, consumer, handler, options, disk, clock, new Random(1));
        _ended = Runner.RunAsync(_stop.Token);
    }

    public LogConsumer Consumer { get; }

    public SinkRunner Runner { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _ended.WaitAsync(TimeSpan.FromSeconds(30));
        Runner.Dispose();
        Consumer.Dispose();
        _stop.Dispose();
    }
}
