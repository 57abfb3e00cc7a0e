using System.Threading.Channels;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Delivery;

/// <summary>Passes the states of devices on to subscribers, in their order, each once it is durable.</summary>
/// <param name="subscribers">Who gets them.</param>
internal sealed class StatusRelay(Subscribers subscribers)
{
    /// <summary>So many may wait for their commit; a device that publishes more states than the disk takes has to wait.</summary>
    private const int WaitingAtMost = 1_024;

    private readonly Channel<StatusMessage> _waiting = Channel.CreateBounded<StatusMessage>(new BoundedChannelOptions(WaitingAtMost) { SingleReader = true });

    /// <summary>Takes a state if there is room.</summary>
    public bool TryEnqueue(StatusMessage status) => _waiting.Writer.TryWrite(status);

    /// <summary>Takes a state as soon as there is room.</summary>
    public ValueTask EnqueueAsync(StatusMessage status, CancellationToken cancellation) => _waiting.Writer.WriteAsync(status, cancellation);

    /// <summary>Passes states on until cancelled, or until the log has stopped.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            await foreach (var status in _waiting.Reader.ReadAllAsync(cancellation))
            {
                await status.Commit.Task.WaitAsync(cancellation);
                subscribers.Publish(status.Message);
            }
        }
        catch (LogFailedException)
        {
            // The log says itself why it stopped; what is not durable is not passed on.
        }
    }
}
