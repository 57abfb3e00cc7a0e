using System.Net;
using System.Net.Sockets;
using IoTGateway.Tests.Support;

namespace IoTGateway.FirmwareSim.Tests.Server;

/// <summary>
/// A small MQTT server on raw sockets: it records what devices send, byte by byte by its own hand, and answers as the test's script says.
/// </summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Lock _gate = new();
    private readonly List<RecordedPacket> _packets = [];
    private readonly List<Socket> _open = [];
    private readonly HashSet<string> _sessions = [];
    private readonly List<Task> _tasks = [];
    private readonly CancellationTokenSource _stop = new();
    private TcpListener? _listener;
    private int _connections;

    public ScriptedServer() => Listen();

    /// <summary>The port, the same after <see cref="StopListening"/> and <see cref="Listen"/>.</summary>
    public int Port { get; private set; }

    /// <summary>Decides about each packet; called for one packet at a time.</summary>
    public Func<RecordedPacket, Answer> Script { get; set; } = _ => Answer.Usual;

    /// <summary>
    /// What CONNACK says about the session, by the number of the connection (from 1), where CONNECT asked for a lasting one. Null: the truth,
    /// that is whether this client was accepted with a lasting session before.
    /// </summary>
    public Func<int, bool>? SessionPresent { get; set; }

    /// <summary>Everything that came so far, in the order in which it came.</summary>
    public IReadOnlyList<RecordedPacket> Packets
    {
        get
        {
            lock (_gate)
            {
                return [.. _packets];
            }
        }
    }

    public IReadOnlyList<RecordedPacket> Of(PacketType type) => [.. Packets.Where(packet => packet.Type == type)];

    public void Listen()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port);
        listener.Start();
        _listener = listener;
        Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        _tasks.Add(AcceptAsync(listener));
    }

    /// <summary>Nobody listens on the port any more, and every open connection is reset: a killed gateway.</summary>
    public void StopListening()
    {
        _listener?.Dispose();
        lock (_gate)
        {
            foreach (var socket in _open)
            {
                Reset(socket);
            }

            _open.Clear();
        }
    }

    /// <summary>Writes to the newest connection.</summary>
    public void Send(params byte[] bytes)
    {
        lock (_gate)
        {
            _open[^1].Send(bytes);
        }
    }

    /// <summary>Waits until what came fulfils a condition.</summary>
    public Task SawAsync(string what, Func<IReadOnlyList<RecordedPacket>, bool> condition) =>
        Eventually.HoldsAsync(what, Patience, () => condition(Packets), TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        StopListening();
        await Task.WhenAll(_tasks);
        _stop.Dispose();
    }

    public static byte[] PubAck(int packetId) => [0x40, 2, (byte)(packetId >> 8), (byte)packetId];

    public static byte[] PubRec(int packetId) => [0x50, 2, (byte)(packetId >> 8), (byte)packetId];

    public static byte[] PubComp(int packetId) => [0x70, 2, (byte)(packetId >> 8), (byte)packetId];

    private static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(true, 0);
        socket.Dispose();
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(_stop.Token);
                int number;
                lock (_gate)
                {
                    number = ++_connections;
                    _open.Add(socket);
                }

                _tasks.Add(ServeAsync(socket, number));
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The listener was stopped.
        }
    }

    private async Task ServeAsync(Socket socket, int number)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: false);
            var version5 = false;
            var head = new byte[1];
            while (await stream.ReadAsync(head, _stop.Token) == 1)
            {
                var body = new byte[await ReadLengthAsync(stream)];
                await stream.ReadExactlyAsync(body, _stop.Token);
                if (!Answers(socket, number, head[0], body, ref version5))
                {
                    return;
                }
            }

            lock (_gate)
            {
                _open.Remove(socket);
            }

            socket.Dispose();
        }
        catch (Exception end) when (end is IOException or ObjectDisposedException or OperationCanceledException or SocketException)
        {
            // The device, or the test, has cut the connection.
        }
    }

    /// <summary>Records and answers a packet; false when the connection is over.</summary>
    private bool Answers(Socket socket, int number, byte first, byte[] body, ref bool version5)
    {
        lock (_gate)
        {
            var packet = RecordedPacket.Parse(number, first, body, version5);
            version5 |= packet.ProtocolLevel == 5;
            _packets.Add(packet);
            var answer = Script(packet);
            var bytes = answer.Bytes ?? UsualAnswer(packet, version5);
            if (bytes.Length > 0)
            {
                socket.Send(bytes);
            }

            if (answer.Drop)
            {
                _open.Remove(socket);
                Reset(socket);
            }

            return !answer.Drop;
        }
    }

    private byte[] UsualAnswer(RecordedPacket packet, bool version5) => packet.Type switch
    {
        PacketType.Connect => version5 ? [0x20, 3, SessionFlag(packet), 0, 0] : [0x20, 2, SessionFlag(packet), 0],
        PacketType.Publish => packet.Quality == 1 ? PubAck(packet.PacketId) : PubRec(packet.PacketId),
        PacketType.PubRel => PubComp(packet.PacketId),
        PacketType.PingReq => [0xD0, 0],
        _ => [],
    };

    private byte SessionFlag(RecordedPacket packet)
    {
        if (packet.CleanSession)
        {
            _sessions.Remove(packet.ClientId);
            return 0;
        }

        var present = !_sessions.Add(packet.ClientId);
        return (byte)(SessionPresent?.Invoke(packet.Connection) ?? present ? 1 : 0);
    }

    private async Task<int> ReadLengthAsync(NetworkStream stream)
    {
        var length = 0;
        var digit = new byte[1];
        for (var shift = 0; ; shift += 7)
        {
            await stream.ReadExactlyAsync(digit, _stop.Token);
            length |= (digit[0] & 0x7F) << shift;
            if ((digit[0] & 0x80) == 0)
            {
                return length;
            }
        }
    }
}
