using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Broker.Tests.Support;

/// <content>What MQTT 5 adds: properties and options.</content>
internal sealed partial class RawClient
{
    public const int PublishRelease = 6, UnsubscribeAck = 11;

    /// <summary>Connects with MQTT 5 and returns the CONNACK, or the refusal.</summary>
    public async Task<RawPacket> Connect5Async(
        string clientId, byte[]? properties = null, bool clean = true, ushort keepAliveSeconds = 0,
        (string Topic, string Payload, byte Flags, byte[] Properties)? will = null)
    {
        _version = 5;
        var body = new List<byte>();
        AddText(body, "MQTT");
        body.AddRange([5, (byte)((clean ? 2 : 0) | (will is null ? 0 : 4 | will.Value.Flags)), (byte)(keepAliveSeconds >> 8), (byte)keepAliveSeconds]);
        body.AddRange([(byte)(properties?.Length ?? 0), .. properties ?? []]);
        AddText(body, clientId);
        if (will is { } message)
        {
            body.AddRange([(byte)message.Properties.Length, .. message.Properties]);
            AddText(body, message.Topic);
            AddText(body, message.Payload);
        }

        await SendAsync(0x10, body);
        return await ExpectAsync(ConnectAck);
    }

    /// <summary>Subscribes with the options byte as it is (MQTT 5, 3.8.3.1) and properties; returns the SUBACK.</summary>
    public async Task<RawPacket> Subscribe5Async(ushort identifier, byte[] properties, params (string Filter, int Options)[] filters)
    {
        await SendAsync(SubscribePacket(identifier, properties, filters));
        return await ExpectAsync(SubscribeAck);
    }

    public byte[] SubscribePacket(ushort identifier, byte[] properties, params (string Filter, int Options)[] filters)
    {
        var body = new List<byte> { (byte)(identifier >> 8), (byte)identifier };
        if (_version == 5)
        {
            body.AddRange([(byte)properties.Length, .. properties]);
        }

        foreach (var (filter, options) in filters)
        {
            AddText(body, filter);
            body.Add((byte)options);
        }

        return Packet(0x82, body);
    }

    public async Task<RawPacket> UnsubscribeAsync(ushort identifier, params string[] filters)
    {
        var body = new List<byte> { (byte)(identifier >> 8), (byte)identifier };
        if (_version == 5)
        {
            body.Add(0);
        }

        foreach (var filter in filters)
        {
            AddText(body, filter);
        }

        await SendAsync(0xA2, body);
        return await ExpectAsync(UnsubscribeAck);
    }

    /// <summary>The next packet, which has to be a PUBLISH, taken apart.</summary>
    public async Task<RawPublish> ExpectPublishAsync() => RawPublish.Read(await ExpectAsync(Publish), _version == 5);

    /// <summary>Answers with PUBACK (4), PUBREC (5), PUBREL (6) or PUBCOMP (7).</summary>
    public Task AnswerAsync(int type, ushort identifier) =>
        SendAsync([(byte)(type << 4 | (type == PublishRelease ? 2 : 0)), 2, (byte)(identifier >> 8), (byte)identifier]);

    /// <summary>The bytes of a property with a text.</summary>
    public static byte[] TextProperty(byte property, string text)
    {
        var body = new List<byte> { property };
        AddText(body, text);
        return [.. body];
    }

    /// <summary>The bytes of a user property.</summary>
    public static byte[] UserProperty(string name, string value)
    {
        var body = new List<byte> { 0x26 };
        AddText(body, name);
        AddText(body, value);
        return [.. body];
    }

    /// <summary>The bytes of a property with a number of four bytes.</summary>
    public static byte[] NumberProperty(byte property, uint number)
    {
        var bytes = new byte[5];
        bytes[0] = property;
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(1), number);
        return bytes;
    }

    /// <summary>The bytes of a packet.</summary>
    public static byte[] PacketOf(byte first, string hex) => Packet(first, Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));

    /// <summary>The hexadecimal digits of a text with its length before it.</summary>
    public static string Hex(string text) => text.Length.ToString("X4", System.Globalization.CultureInfo.InvariantCulture) + Convert.ToHexString(Encoding.UTF8.GetBytes(text));
}
