using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>An MQTT client that writes and reads the bytes itself, so that it can also do what a proper client never does.</summary>
internal sealed partial class RawClient : IDisposable
{
    public const int ConnectAck = 2, Publish = 3, PublishAck = 4, PublishReceived = 5, PublishComplete = 7, SubscribeAck = 9, PingResponse = 13, Disconnect = 14;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TcpClient _socket = new();
    private readonly List<byte> _received = [];
    private readonly Queue<RawPacket> _early = [];
    private NetworkStream? _stream;
    private int _version = 4;

    private RawClient()
    {
    }

    public static async Task<RawClient> OpenAsync(int port)
    {
        var client = new RawClient();
        await client._socket.ConnectAsync(IPAddress.Loopback, port);
        client._socket.NoDelay = true;
        client._stream = client._socket.GetStream();
        return client;
    }

    /// <summary>Connects and returns the CONNACK.</summary>
    public async Task<RawPacket> ConnectAsync(
        string clientId, int version = 4, bool clean = true, ushort keepAliveSeconds = 0, uint expirySeconds = 0,
        (string Topic, string Payload, bool Retain)? will = null, string? userName = null, byte protocolLevel = 0)
    {
        _version = version;
        var body = new List<byte>();
        AddText(body, "MQTT");
        body.Add(protocolLevel == 0 ? (byte)version : protocolLevel);
        body.Add((byte)((clean ? 2 : 0) | (will is null ? 0 : 4 | 1 << 3 | (will.Value.Retain ? 0x20 : 0)) | (userName is null ? 0 : 0x80)));
        body.AddRange([(byte)(keepAliveSeconds >> 8), (byte)keepAliveSeconds]);
        if (version == 5)
        {
            if (expirySeconds == 0)
            {
                body.Add(0);
            }
            else
            {
                body.AddRange([5, 0x11]);
                var expiry = new byte[4];
                BinaryPrimitives.WriteUInt32BigEndian(expiry, expirySeconds);
                body.AddRange(expiry);
            }
        }

        AddText(body, clientId);
        if (will is { } message)
        {
            if (version == 5)
            {
                body.Add(0);
            }

            AddText(body, message.Topic);
            AddText(body, message.Payload);
        }

        if (userName is not null)
        {
            AddText(body, userName);
        }

        await SendAsync(0x10, body);
        return await ExpectAsync(ConnectAck);
    }

    /// <summary>Connects with MQTT 5 and the given properties.</summary>
    public async Task ConnectRawAsync(string clientId, byte[] properties)
    {
        _version = 5;
        var body = new List<byte>();
        AddText(body, "MQTT");
        body.AddRange([5, 2, 0, 0, (byte)properties.Length, .. properties]);
        AddText(body, clientId);
        await SendAsync(0x10, body);
        await ExpectAsync(ConnectAck);
    }

    /// <summary>Acknowledges a QoS 1 message that was received.</summary>
    public Task AcknowledgeAsync(RawPacket publish)
    {
        var at = 2 + (publish.Body[0] << 8 | publish.Body[1]);
        return SendAsync([0x40, 2, publish.Body[at], publish.Body[at + 1]]);
    }

    public Task PublishAsync(string topic, string payload, int qualityOfService = 1, ushort identifier = 1, bool duplicate = false, bool retain = false, byte[]? properties = null) =>
        SendAsync(PublishPacket(topic, payload, qualityOfService, identifier, duplicate, retain, properties));

    /// <summary>The bytes of a PUBLISH.</summary>
    public byte[] PublishPacket(
        string topic, string payload, int qualityOfService = 1, ushort identifier = 1, bool duplicate = false, bool retain = false, byte[]? properties = null)
    {
        var body = new List<byte>();
        AddText(body, topic);
        if (qualityOfService > 0)
        {
            body.AddRange([(byte)(identifier >> 8), (byte)identifier]);
        }

        if (_version == 5)
        {
            body.Add((byte)(properties?.Length ?? 0));
            body.AddRange(properties ?? []);
        }

        body.AddRange(Encoding.UTF8.GetBytes(payload));
        return Packet((byte)(0x30 | qualityOfService << 1 | (duplicate ? 8 : 0) | (retain ? 1 : 0)), body);
    }

    public Task ReleaseAsync(ushort identifier) => SendAsync([0x62, 2, (byte)(identifier >> 8), (byte)identifier]);

    public Task PingAsync() => SendAsync([0xC0, 0]);

    public Task SubscribeAsync(ushort identifier, params (string Filter, int QualityOfService)[] filters)
    {
        var body = new List<byte> { (byte)(identifier >> 8), (byte)identifier };
        if (_version == 5)
        {
            body.Add(0);
        }

        foreach (var (filter, qualityOfService) in filters)
        {
            AddText(body, filter);
            body.Add((byte)qualityOfService);
        }

        return SendAsync(0x82, body);
    }

    public Task DisconnectAsync() => SendAsync([0xE0, 0]);

    public Task SendAsync(byte first, IReadOnlyCollection<byte> body) => SendAsync(Packet(first, body));

    public async Task SendAsync(byte[] bytes) => await _stream!.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>The next packet; fails if the connection ends before, or nothing comes in time.</summary>
    public async Task<RawPacket> ReadAsync() => await TryReadAsync() ?? throw new EndOfStreamException("The broker has closed the connection.");

    /// <summary>The next packet, which has to be of a type. Messages may come before the SUBACK (MQTT 5, 3.8.4); they are kept for later.</summary>
    public async Task<RawPacket> ExpectAsync(int type)
    {
        var packet = await ReadAsync();
        while (type == SubscribeAck && packet.Type == Publish)
        {
            _early.Enqueue(packet);
            packet = await TryReceiveAsync() ?? throw new EndOfStreamException("The broker has closed the connection.");
        }

        Assert.True(packet.Type == type, $"A packet of type {type} was expected, this came: {packet}.");
        return packet;
    }

    /// <summary>
    /// Waits until the broker closes the connection; returns the packets that came before that. Once it was told to, it closes its side as
    /// a proper client does.
    /// </summary>
    public async Task<IReadOnlyList<RawPacket>> ReadToEndAsync()
    {
        var packets = new List<RawPacket>();
        while (await TryReadAsync() is { } packet)
        {
            packets.Add(packet);
            if (packet.Type == Disconnect && _socket.Connected)
            {
                _socket.Client.Shutdown(SocketShutdown.Send);
            }
        }

        return packets;
    }

    /// <summary>Asserts that nothing is on its way: a ping is answered next.</summary>
    public async Task ExpectNothingButPingAsync()
    {
        await PingAsync();
        await ExpectAsync(PingResponse);
    }

    public void Dispose() => _socket.Dispose();

    private Task<RawPacket?> TryReadAsync() => _early.TryDequeue(out var early) ? Task.FromResult<RawPacket?>(early) : TryReceiveAsync();

    private async Task<RawPacket?> TryReceiveAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Patience);
        var buffer = new byte[65_536];
        while (true)
        {
            if (TakePacket() is { } packet)
            {
                return packet;
            }

            int count;
            try
            {
                count = await _stream!.ReadAsync(buffer, limit.Token);
            }
            catch (IOException)
            {
                return null; // Reset.
            }

            if (count == 0)
            {
                return null;
            }

            _received.AddRange(buffer.AsSpan(0, count));
        }
    }

    private RawPacket? TakePacket()
    {
        int length = 0, at = 1;
        for (var shift = 0; ; shift += 7)
        {
            if (at >= _received.Count)
            {
                return null;
            }

            length |= (_received[at] & 0x7F) << shift;
            if ((_received[at++] & 0x80) == 0)
            {
                break;
            }
        }

        if (_received.Count < at + length)
        {
            return null;
        }

        var packet = new RawPacket(_received[0], [.. _received.Skip(at).Take(length)]);
        _received.RemoveRange(0, at + length);
        return packet;
    }

    private static byte[] Packet(byte first, IReadOnlyCollection<byte> body)
    {
        var packet = new List<byte> { first };
        var length = body.Count;
        do
        {
            packet.Add((byte)(length % 128 | (length >= 128 ? 0x80 : 0)));
            length /= 128;
        }
        while (length > 0);

        packet.AddRange(body);
        return [.. packet];
    }

    private static void AddText(List<byte> body, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        body.AddRange([(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes]);
    }
}
