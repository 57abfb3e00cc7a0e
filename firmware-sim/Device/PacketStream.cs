using System.Buffers;
using System.Net.Sockets;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;

namespace IoTGateway.FirmwareSim.Device;

/// <summary>MQTT packets over one TCP connection. One task may write and another read at the same time.</summary>
internal sealed class PacketStream : IDisposable
{
    /// <summary>A publisher gets acknowledgements only; anything longer is a fault of the sender.</summary>
    private const int LongestPacketBytes = 64 * 1024;

    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly MqttPacketFormatterAdapter _formatter;
    private readonly ArrayBufferWriter<byte> _outgoing = new(16 * 1024);
    private byte[] _incoming = new byte[4 * 1024];
    private int _start;
    private int _end;

    private PacketStream(Socket socket, DeviceProtocol protocol)
    {
        _socket = socket;
        _stream = new NetworkStream(socket, ownsSocket: true);
        var version = protocol == DeviceProtocol.Mqtt5 ? MqttProtocolVersion.V500 : MqttProtocolVersion.V311;
        _formatter = new MqttPacketFormatterAdapter(version, new MqttBufferWriter(4 * 1024, 64 * 1024));
    }

    /// <summary>Bytes encoded and not yet written.</summary>
    public int PendingBytes => _outgoing.WrittenCount;

    /// <summary>Opens the TCP connection.</summary>
    public static async Task<PacketStream> ConnectAsync(string host, int port, DeviceProtocol protocol, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellation).ConfigureAwait(false);
            return new PacketStream(socket, protocol);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Encodes a packet behind those already pending; nothing is written before <see cref="FlushAsync"/>.</summary>
    public void Encode(MqttPacket packet)
    {
        var encoded = _formatter.Encode(packet);
        _outgoing.Write(encoded.Packet);
        foreach (var part in encoded.Payload)
        {
            _outgoing.Write(part.Span);
        }
    }

    /// <summary>Writes everything pending.</summary>
    public async Task FlushAsync(CancellationToken cancellation)
    {
        await _stream.WriteAsync(_outgoing.WrittenMemory, cancellation).ConfigureAwait(false);
        _outgoing.ResetWrittenCount();
    }

    /// <summary>The next packet; null when the other side has closed the connection in order.</summary>
    /// <exception cref="ConnectionLostException">What came is not MQTT, or too long.</exception>
    public async ValueTask<MqttPacket?> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            if (TryDecode(out var packet))
            {
                return packet;
            }

            MakeRoom();
            var read = await _stream.ReadAsync(_incoming.AsMemory(_end), cancellation).ConfigureAwait(false);
            if (read == 0)
            {
                return null;
            }

            _end += read;
        }
    }

    /// <summary>Says that nothing more will be written; the other side can still be read.</summary>
    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private bool TryDecode(out MqttPacket? packet)
    {
        packet = null;
        var buffered = _incoming.AsSpan(_start, _end - _start);
        if (!TryReadHeader(buffered, out var headerLength, out var bodyLength) || buffered.Length < headerLength + bodyLength)
        {
            return false;
        }

        var body = new ArraySegment<byte>(_incoming, _start + headerLength, bodyLength);
        try
        {
            packet = _formatter.Decode(new ReceivedMqttPacket(buffered[0], body, headerLength + bodyLength));
        }
        catch (MqttProtocolViolationException violation)
        {
            throw new ConnectionLostException($"the gateway sent something that is not MQTT: {violation.Message}");
        }

        _start += headerLength + bodyLength;
        return true;
    }

    /// <summary>The fixed header: one byte of type and flags, then the length of the rest in one to four bytes of seven bits, lowest first.</summary>
    private static bool TryReadHeader(ReadOnlySpan<byte> buffered, out int headerLength, out int bodyLength)
    {
        bodyLength = 0;
        for (headerLength = 1; headerLength < buffered.Length; headerLength++)
        {
            var digit = buffered[headerLength];
            bodyLength |= (digit & 0x7F) << (7 * (headerLength - 1));
            if (bodyLength > LongestPacketBytes || headerLength > 4)
            {
                throw new ConnectionLostException($"the gateway sent a packet longer than {LongestPacketBytes} bytes");
            }

            if ((digit & 0x80) == 0)
            {
                headerLength++;
                return true;
            }
        }

        return false;
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _incoming.AsSpan(_start, _end - _start).CopyTo(_incoming);
            _end -= _start;
            _start = 0;
        }

        if (_end == _incoming.Length)
        {
            Array.Resize(ref _incoming, _incoming.Length * 2);
        }
    }
}
