using System.Net;
using System.Net.Sockets;
using IoTGateway.Benchmarks.Machine;
using IoTGateway.Benchmarks.Report;
using IoTGateway.Benchmarks.Servers;

namespace IoTGateway.Benchmarks.Measures;

/// <summary>What ten thousand connections cost that say nothing.</summary>
internal sealed class IdleMeasure : Measure
{
    private const int Connections = 9_990; // The gateway takes 10,000; some are left for others.
    private const long GoalBytes = 250_000_000;

    public override string Name => "idle";

    public override async Task<IReadOnlyList<Figure>> RunAsync(Bench bench)
    {
        await using var gateway = await GatewayServer.StartAsync(bench.Workplace.NewDirectory("gateway"));
        var before = LinuxProcess.ResidentBytes(gateway.ProcessId);
        var clients = new List<Socket>();
        try
        {
            var answer = new byte[4];
            for (var number = 0; number < Connections; number++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                clients.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, gateway.Port);
                var name = System.Text.Encoding.ASCII.GetBytes($"idle{number:D5}");

                // CONNECT of MQTT 3.1.1 with a clean session and without keep-alive.
                await socket.SendAsync((byte[])[0x10, (byte)(12 + name.Length), 0, 4, .. "MQTT"u8, 4, 2, 0, 0, 0, (byte)name.Length, .. name]);
                await socket.ReceiveAsync(answer);
                if (answer is not [0x20, 2, 0, 0])
                {
                    throw new InvalidOperationException($"Connection {number} was refused: {Convert.ToHexString(answer)}.");
                }
            }

            var resident = LinuxProcess.ResidentBytes(gateway.ProcessId);
            return
            [
                new Figure(
                    "resident memory with 10,000 idle connections", "<= 250 MB", $"{resident / 1_000_000} MB", resident <= GoalBytes,
                    $"before them {before / 1_000_000} MB; {(resident - before) / Connections:#,0} bytes a connection"),
            ];
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }
}
