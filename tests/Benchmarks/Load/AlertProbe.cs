using System.Buffers.Binary;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IoTGateway.Benchmarks.Load;

/// <summary>
/// A device and a clinician's client: publishes readings that raise and clear one alert in turn, and takes the time from the publish to the
/// alert's arrival at the subscriber. Speaks MQTT 3.1.1 by itself, so that no client library's time is in the figure.
/// </summary>
internal sealed class AlertProbe : IDisposable
{
    private const string Device = "alert-probe";
    private const int Publish = 3;
    private static readonly TimeSpan AnswerTimeout = TimeSpan.FromSeconds(30);

    private readonly Socket _device = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Socket _clinician = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private ushort _identifier;

    /// <summary>A rule that the probe's readings raise and clear at once.</summary>
    public const string RuleFile = """
        version: 1
        population: adults
        rules:
          - alert: Probe
            when: gcs < 8
            clear when: gcs >= 8
            priority: high
            message: "GCS {gcs}"
        """;

    /// <summary>Connects both.</summary>
    public static async Task<AlertProbe> ConnectAsync(int port)
    {
        var probe = new AlertProbe();
        await ConnectAsync(probe._device, port, Device);
        await ConnectAsync(probe._clinician, port, "clinician");
        await SendAsync(probe._clinician, 0x82, [0, 1, .. Text("alert-events/#"), 1]);
        await ReadPacketAsync(probe._clinician);
        return probe;
    }

    /// <summary>Raises and clears until the time is over; returns the milliseconds from each raising publish to its alert.</summary>
    public async Task<List<double>> RunAsync(TimeSpan duration)
    {
        var latencies = new List<double>();
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < duration)
        {
            latencies.Add(await TurnAsync(gcs: 3, "active"));
            await TurnAsync(gcs: 15, "ended");
        }

        return latencies;
    }

    public void Dispose()
    {
        _device.Dispose();
        _clinician.Dispose();
    }

    private async Task<double> TurnAsync(int gcs, string state)
    {
        _identifier = (ushort)(_identifier == ushort.MaxValue ? 1 : _identifier + 1);
        var payload = Encoding.UTF8.GetBytes($$"""{"gcs":{{gcs}}}""");
        var sent = Stopwatch.GetTimestamp();
        await SendAsync(_device, 0x32, [.. Text($"devices/{Device}/vitals"), (byte)(_identifier >> 8), (byte)_identifier, .. payload]);
        await WaitForAsync(state);
        var latency = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        await ReadPacketAsync(_device); // The acknowledgement.
        return latency;
    }

    private async Task WaitForAsync(string state)
    {
        while (true)
        {
            var (type, body) = await ReadPacketAsync(_clinician);
            if (type != Publish)
            {
                continue;
            }

            var topicLength = BinaryPrimitives.ReadUInt16BigEndian(body);
            await SendAsync(_clinician, 0x40, body.AsSpan(2 + topicLength, 2).ToArray());
            if (Encoding.UTF8.GetString(body.AsSpan(4 + topicLength)).Contains($"\"state\":\"{state}\"", StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private static async Task ConnectAsync(Socket socket, int port, string clientId)
    {
        await socket.ConnectAsync(IPAddress.Loopback, port);
        await SendAsync(socket, 0x10, [.. Text("MQTT"), 4, 2, 0, 0, .. Text(clientId)]);
        var (_, body) = await ReadPacketAsync(socket);
        if (body[1] != 0)
        {
            throw new InvalidOperationException($"The gateway refuses {clientId}: {body[1]}.");
        }
    }

    private static async Task SendAsync(Socket socket, byte first, byte[] body)
    {
        // Nothing here is longer than one length byte can tell, but for a topic with its payload.
        byte[] length = body.Length < 128 ? [(byte)body.Length] : [(byte)(body.Length | 0x80), (byte)(body.Length >> 7)];
        await socket.SendAsync((byte[])[first, .. length, .. body]);
    }

    private static async Task<(int Type, byte[] Body)> ReadPacketAsync(Socket socket)
    {
        using var timeout = new CancellationTokenSource(AnswerTimeout);
        var first = (await ReadAsync(socket, 1, timeout.Token))[0];
        var (length, shift, next) = (0, 0, 0x80);
        while ((next & 0x80) != 0)
        {
            next = (await ReadAsync(socket, 1, timeout.Token))[0];
            length |= (next & 0x7F) << shift;
            shift += 7;
        }

        return (first >> 4, await ReadAsync(socket, length, timeout.Token));
    }

    private static async Task<byte[]> ReadAsync(Socket socket, int count, CancellationToken cancellation)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count;)
        {
            var read = await socket.ReceiveAsync(bytes.AsMemory(at), cancellation);
            at += read > 0 ? read : throw new EndOfStreamException("The gateway has closed the connection.");
        }

        return bytes;
    }

    private static byte[] Text(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }
}
