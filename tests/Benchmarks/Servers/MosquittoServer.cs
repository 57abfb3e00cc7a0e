using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace IoTGateway.Benchmarks.Servers;

/// <summary>
/// Mosquitto as the reference: persistence on, queues without limit, and a persistent QoS 1 subscriber of all readings that is away, so that
/// it has to keep what it acknowledges, as the gateway has. It keeps it in memory and writes it every half an hour.
/// </summary>
internal sealed class MosquittoServer : ServerProcess
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(10);

    private MosquittoServer(string program, string configuration) : base(program, "-c", configuration)
    {
    }

    public override string Name => "Mosquitto";

    /// <summary>The program; null where it is not installed.</summary>
    public static string? Program { get; } =
        (Environment.GetEnvironmentVariable("PATH") + ":/usr/sbin:/usr/local/sbin").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(directory => Path.Combine(directory, "mosquitto")).FirstOrDefault(File.Exists);

    public static async Task<MosquittoServer> StartAsync(string directory)
    {
        var port = FreePort();
        var configuration = Path.Combine(directory, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, $"""
            listener {port} 127.0.0.1
            allow_anonymous true
            persistence true
            persistence_location {directory}/
            max_queued_messages 0
            log_type none
            user {Environment.UserName}

            """);
        var server = new MosquittoServer(Program!, configuration) { Port = port };
        await LeaveSubscriptionAsync(port);
        return server;
    }

    private static async Task LeaveSubscriptionAsync(int port)
    {
        using var client = new TcpClient();
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await client.ConnectAsync(IPAddress.Loopback, port);
                break;
            }
            catch (SocketException) when (Stopwatch.GetElapsedTime(start) < StartTimeout)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20));
            }
        }

        var stream = client.GetStream();
        var answer = new byte[5];

        // CONNECT of the client "away" with clean session 0 and keep-alive 60, then SUBSCRIBE to devices/# with QoS 1, then DISCONNECT.
        await stream.WriteAsync((byte[])[0x10, 16, 0, 4, .. "MQTT"u8, 4, 0, 0, 60, 0, 4, .. "away"u8]);
        await stream.ReadExactlyAsync(answer.AsMemory(0, 4));
        await stream.WriteAsync((byte[])[0x82, 14, 0, 1, 0, 9, .. "devices/#"u8, 1]);
        await stream.ReadExactlyAsync(answer.AsMemory(0, 5));
        if (answer is not [0x90, _, _, _, 1])
        {
            throw new InvalidOperationException("Mosquitto did not take the subscription.");
        }

        await stream.WriteAsync((byte[])[0xE0, 0]);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
