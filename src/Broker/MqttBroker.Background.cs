using System.Globalization;
using System.Text;
using IoTGateway.Readings;
using MQTTnet;
using MQTTnet.Protocol;

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
        return _context.Subscribers.PublishAsync(MessageOf(topic, payload.ToArray(), qualityOfService: 1, retain: true), "");
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(string topic, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return _context.Subscribers.PublishAsync(MessageOf(topic, payload.ToArray(), qualityOfService: 1, retain: false), "");
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
                foreach (var clientId in _context.Sessions.EndExpired())
                {
                    await _context.Subscribers.ForgetAsync(clientId);
                }
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    /// <summary>
    /// The heartbeat, by which somebody outside sees that the gateway lives, and a few figures. The heartbeat is the gateway's time in Unix
    /// milliseconds; an idle gateway writes nothing to its log for it.
    /// </summary>
    private async Task BeatAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(_options.HeartbeatInterval, _context.Clock);
        do
        {
            var counters = Counters;
            await FigureAsync("heartbeat", Instant.Now(_context.Clock).UnixMilliseconds);
            await FigureAsync("messages/received", counters.Received);
            await FigureAsync("messages/acknowledged", counters.Acknowledged);
            await FigureAsync("messages/duplicates", counters.Duplicates);
            await FigureAsync("messages/refused", counters.Refused);
            await FigureAsync("clients/connected", counters.Connections);
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private ValueTask FigureAsync(string name, long value) => _context.Subscribers.PublishAsync(
        MessageOf(Prefix + name, Encoding.ASCII.GetBytes(value.ToString(CultureInfo.InvariantCulture)), qualityOfService: 0, retain: true), "");

    private static MqttApplicationMessage MessageOf(string topic, byte[] payload, int qualityOfService, bool retain) => new()
    {
        Topic = topic,
        PayloadSegment = new ArraySegment<byte>(payload),
        QualityOfServiceLevel = (MqttQualityOfServiceLevel)qualityOfService,
        Retain = retain,
    };
}
