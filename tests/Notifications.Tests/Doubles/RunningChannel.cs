using IoTGateway.Notifications.Channels;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A channel at work on a test's log, with a server that a test commands.</summary>
internal sealed class RunningChannel : IAsyncDisposable
{
    private readonly PageDrain _calls;
    private readonly PageDrain _overs;

    public RunningChannel(TestLog log, string name, IPageSender sender)
    {
        _calls = Open("webhook:" + name, isForOvers: false);
        _overs = Open("webhook-over:" + name, isForOvers: true);
        _calls.Start();
        _overs.Start();

        PageDrain Open(string consumer, bool isForOvers) => new(
            name, consumer, isForOvers, log.Log, log.Escalator.Look, () => sender, Health, () => TimeZoneInfo.Utc, "/parked", log.Disk, new Random(isForOvers ? 2 : 1));
    }

    /// <summary>What its tries say of the server.</summary>
    public ChannelHealth Health { get; } = new();

    public Exception? Failure => _calls.Runner.Failure ?? _overs.Runner.Failure;

    public async ValueTask DisposeAsync()
    {
        await _calls.DisposeAsync();
        await _overs.DisposeAsync();
    }
}
