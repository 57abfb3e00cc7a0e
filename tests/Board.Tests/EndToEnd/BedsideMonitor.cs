using IoTGateway.Gateway.Tests.EndToEnd;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>A device at a bed: a connection of its own, over which readings go one by one.</summary>
internal sealed class BedsideMonitor : IDisposable
{
    private const int AcknowledgementLength = 4;

    private readonly MqttSocket _socket;
    private readonly string _topic;
    private ushort _identifier;

    private BedsideMonitor(MqttSocket socket, string device)
    {
        _socket = socket;
        _topic = $"devices/{device}/vitals";
    }

    public static async Task<BedsideMonitor> ConnectAsync(int port, string device, CancellationToken cancellation) =>
        new((await MqttSocket.ConnectAsync(1, port, device + "-", 4, cancellation))[0], device);

    /// <summary>Publishes a reading with QoS 1 and waits for its acknowledgement.</summary>
    public async Task SendAsync(string json, CancellationToken cancellation)
    {
        await _socket.PublishAsync(_topic, json, 1, ++_identifier, false, cancellation);
        var acknowledgement = await _socket.ReadAsync(AcknowledgementLength, cancellation);
        Assert.Equal((0x40, (int)_identifier), ((int)acknowledgement[0], (acknowledgement[2] << 8) | acknowledgement[3]));
    }

    public void Dispose() => _socket.Dispose();
}
