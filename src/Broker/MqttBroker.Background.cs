using System.Globalization;
using System.Text;
using IoTGateway.Broker.Delivery;
using IoTGateway.Readings;

namespace IoTGateway.Broker;

/// <content>What the broker does by the clock, and what others publish through it.</content>
public sealed partial class MqttBroker
{
    /// <summary>How often connections are looked at; a keep-alive ends that much late at most.</summary>
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1);

    /// <summary>Sessions are looked at once in so many times.</summary>
    private const int SessionsEvery = 10;

    private const string Prefix = "$SYS/iotgateway/";

    private string? _failed;

    /// <summary>Which part of the broker has failed, so that it does not serve any more; null while it works.</summary>
    public string? FailedPart => Volatile.Read(ref _failed);

    /// <inheritdoc/>
    public ValueTask RetainAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _context.Subscribers.Publish(new Message(topic, payload.ToArray(), QualityOfService: 1, Retain: true));
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        _context.Subscribers.Publish(new Message(topic, payload.ToArray(), QualityOfService: 1, Retain: false));
        return ValueTask.CompletedTask;
    }

    private async Task WatchAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(WatchInterval, _context.Clock);
        var turn = 0;
        do
        {
            foreach (var connection in _context.Connections.All)
            {
                connection.CheckTime();
            }

            if (turn++ % SessionsEvery == 0)
            {
                foreach (var session in _context.Sessions.EndExpired())
                {
                    _context.Subscribers.Forget(session);
                }

                _context.Subscribers.RemoveExpired(Instant.Now(_context.Clock).UnixMilliseconds);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>
    /// The heartbeat, by which somebody outside sees that the gateway lives, and a few figures. The heartbeat is the machine's time in Unix
    /// milliseconds, which can be behind that of the log; an idle gateway writes nothing to its log for it.
    /// </summary>
    private async Task BeatAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_options.HeartbeatInterval, _context.Clock);
        do
        {
            var counters = Counters;
            Figure("heartbeat", Instant.From(_context.Log.Clock.GetWallClockNow()).UnixMilliseconds);
            Figure("messages/received", counters.Received);
            Figure("messages/acknowledged", counters.Acknowledged);
            Figure("messages/duplicates", counters.Duplicates);
            Figure("messages/refused", counters.Refused);
            Figure("clients/connected", counters.Connections);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private void Figure(string name, long value) => _context.Subscribers.Publish(
        new Message(Prefix + name, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), QualityOfService: 0, Retain: true));
}
