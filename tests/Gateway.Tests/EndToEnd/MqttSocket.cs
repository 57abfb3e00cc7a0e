using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>One of very many MQTT clients: a socket that sends bytes, and reads only when told.</summary>
internal sealed class MqttSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>How many clients connect at once.</summary>
    private const int AtOnce = 100;

    /// <summary>Opens many connections, <c>{prefix}0</c> and so on.</summary>
    public static async Task<MqttSocket[]> ConnectAsync(int count, int port, string prefix, int version, CancellationToken cancellation, bool clean = true)
    {
        var clients = new MqttSocket[count];
        for (var start = 0; start < count; start += AtOnce)
        {
            await Task.WhenAll(Enumerable.Range(start, Math.Min(AtOnce, count - start)).Select(async number =>
            {
                clients[number] = new MqttSocket();
                await clients[number].ConnectAsync(port, $"{prefix}{number}", version, clean, cancellation);
            }));
        }

        return clients;
    }

    public async Task SendAsync(byte first, byte[] body, CancellationToken cancellation)
    {
        byte[] length = body.Length < 128 ? [(byte)body.Length] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7)];
        byte[] packet = [first, .. length, .. body];
        await _socket.SendAsync(packet.AsMemory(), cancellation);
    }

    public Task SubscribeAsync(string filter, int qualityOfService, bool version5, CancellationToken cancellation) =>
        SendAsync(0x82, [0, 1, .. version5 ? (byte[])[0] : [], .. Text(filter), (byte)qualityOfService], cancellation);

    public Task PublishAsync(string topic, string payload, int qualityOfService, ushort identifier, bool version5, CancellationToken cancellation) => SendAsync(
        (byte)(0x30 | qualityOfService << 1),
        [.. Text(topic), (byte)(identifier >> 8), (byte)identifier, .. version5 ? (byte[])[0] : [], .. Encoding.UTF8.GetBytes(payload)],
        cancellation);

    /// <summary>Exactly so many bytes.</summary>
    public async Task<byte[]> ReadAsync(int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = await _socket.ReceiveAsync(bytes.AsMemory(at), cancellation);
            at += read > 0 ? read : throw new EndOfStreamException("The gateway has closed the connection.");
        }

        return bytes;
    }

    /// <summary>Everything up to the end of the connection.</summary>
    public async Task<byte[]> ReadToEndAsync(CancellationToken cancellation)
    {
        var bytes = new List<byte>();
        var buffer = new byte[65_536];
        try
        {
            int read;
            while ((read = await _socket.ReceiveAsync(buffer, cancellation)) > 0)
            {
                bytes.AddRange(buffer.AsSpan(0, read));
            }
        }
        catch (SocketException)
        {
            // Reset: what came before it counts.
        }

        return [.. bytes];
    }

    public void Dispose() => _socket.Dispose();

    private async Task ConnectAsync(int port, string clientId, int version, bool clean, CancellationToken cancellation)
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port, cancellation);
        byte[] expiry = clean ? [0] : [5, 0x11, 0, 0, 0x0E, 0x10];
        await SendAsync(0x10, [.. Text("MQTT"), (byte)version, (byte)(clean ? 2 : 0), 0, 0, .. version == 5 ? expiry : [], .. Text(clientId)], cancellation);
        var head = await ReadAsync(2, cancellation);
        var body = await ReadAsync(head[1], cancellation);
        Assert.Equal((0x20, 0), (head[0], body[1]));
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
