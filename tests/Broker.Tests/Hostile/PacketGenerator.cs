using System.Text;
using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Tests.Hostile;

/// <summary>Makes packets from a seed: proper ones, proper ones with something wrong in them, and plain noise.</summary>
/// <param name="random">The seed.</param>
internal sealed class PacketGenerator(Random random)
{
    private static readonly byte[] TellingBytes = [0x00, 0x01, 0x02, 0x7F, 0x80, 0x82, 0xFE, 0xFF];

    /// <summary>No UTF-8: an overlong slash, a surrogate, a lone continuation, a cut sequence, beyond U+10FFFF; and U+0000.</summary>
    private static readonly byte[][] BadTexts = [[0xC0, 0xAF], [0xED, 0xA0, 0x80], [0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80], [0x00]];

    private static readonly string[] Topics =
    [
        "devices/d1/vitals", "devices/d2/status", "alerts/icu/p1/low/ack", "room/a", "$SYS/x", "alerts", "devices//vitals", "a/+/b", "#", "", "ä/ö",
    ];

    private static readonly string[] Filters = ["devices/+/vitals", "#", "+", "a/#", "$share/g/a", "a/+/#", "a#", "a/#/b", "+a", "", "/"];

    private readonly Random _random = random;

    /// <summary>What a client may send to open a connection.</summary>
    public byte[] Connect(int version, string clientId)
    {
        var body = new List<byte>();
        AddBlock(body, "MQTT"u8);
        body.Add((byte)version);
        var will = _random.Next(4) == 0;
        var userName = _random.Next(3) == 0;
        body.Add((byte)(2 | (will ? 0x04 | _random.Next(3) << 3 | _random.Next(2) << 5 : 0) | (userName ? 0x80 : 0)));
        body.AddRange([0, (byte)_random.Next(60)]);
        if (version == 5)
        {
            AddProperties(body, [0x11, 0x21, 0x27, 0x22, 0x19, 0x17, 0x26]);
        }

        AddBlock(body, Encoding.UTF8.GetBytes(clientId));
        if (will)
        {
            if (version == 5)
            {
                AddProperties(body, [0x18, 0x01, 0x02, 0x03, 0x08, 0x09, 0x26]);
            }

            AddBlock(body, Text(Topics));
            AddBlock(body, Payload());
        }

        if (userName)
        {
            AddBlock(body, "somebody"u8);
        }

        return Frame(0x10, body);
    }

    /// <summary>A packet as a client may send it, perhaps with something wrong in it, perhaps noise.</summary>
    public byte[] Any(int version) => _random.Next(10) switch
    {
        0 => Noise(),
        < 4 => Proper(version),
        _ => Mutate(Proper(version)),
    };

    /// <summary>A packet of any type that is well-formed; topics and filters may still be refused.</summary>
    public byte[] Proper(int version)
    {
        var identifier = (byte)_random.Next(1, 6);
        switch (_random.Next(12))
        {
            case 0 or 1 or 2 or 3:
                return Publish(version);
            case 4 or 5:
                return Acknowledgement(version, 0x62, identifier);
            case 6:
                return Acknowledgement(version, (byte)(_random.Next(3) switch { 0 => 0x40, 1 => 0x50, _ => 0x70 }), identifier);
            case 7:
                return Subscribe(version, identifier);
            case 8:
                return Unsubscribe(version, identifier);
            case 9:
                return [0xC0, 0];
            case 10:
                return Disconnect(version);
            default:
                return version == 5 ? Frame(0xF0, [0x18, 0]) : Connect(version, "fuzz");
        }
    }

    /// <summary>A well-formed PUBLISH.</summary>
    public byte[] Publish(int version)
    {
        var body = new List<byte>();
        var qualityOfService = _random.Next(3);
        AddBlock(body, Text(Topics));
        if (qualityOfService > 0)
        {
            body.AddRange([0, (byte)_random.Next(1, 6)]);
        }

        if (version == 5)
        {
            AddProperties(body, [0x01, 0x02, 0x03, 0x08, 0x09, 0x23, 0x26]);
        }

        body.AddRange(Payload());
        var duplicate = qualityOfService > 0 && _random.Next(4) == 0;
        return Frame((byte)(0x30 | qualityOfService << 1 | (duplicate ? 8 : 0) | _random.Next(2)), body);
    }

    /// <summary>The packet with one to four things wrong.</summary>
    public byte[] Mutate(byte[] packet)
    {
        var bytes = packet.ToList();
        for (var count = _random.Next(1, 5); count > 0 && bytes.Count > 0; count--)
        {
            MutateOnce(bytes);
        }

        return [.. bytes];
    }

    /// <summary>Bytes without any sense.</summary>
    public byte[] Noise()
    {
        var bytes = new byte[_random.Next(1, 300)];
        _random.NextBytes(bytes);
        return bytes;
    }

    private void MutateOnce(List<byte> bytes)
    {
        var at = _random.Next(bytes.Count);
        switch (_random.Next(9))
        {
            case 0:
                bytes[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                bytes[at] = TellingBytes[_random.Next(TellingBytes.Length)];
                break;
            case 2:
                bytes.RemoveRange(at, bytes.Count - at); // Cut off, with the length as it was.
                break;
            case 3:
                bytes.RemoveRange(at, Math.Min(_random.Next(1, 5), bytes.Count - at));
                Reframe(bytes);
                break;
            case 4:
                bytes.InsertRange(at, BadTexts[_random.Next(BadTexts.Length)]);
                Reframe(bytes);
                break;
            case 5:
                bytes.InsertRange(at, bytes.GetRange(0, Math.Min(bytes.Count, _random.Next(1, 40))));
                Reframe(bytes);
                break;
            case 6 when bytes.Count > 3:
                at = Math.Min(at, bytes.Count - 2);
                bytes[at] = 0xFF; // Lengths inside the packet, and numbers.
                bytes[at + 1] = 0xFF;
                break;
            case 7 when bytes.Count > 1:
                bytes[1] = (byte)_random.Next(256); // The packet's length.
                break;
            default:
                bytes[0] = (byte)_random.Next(256); // Its type and flags.
                break;
        }
    }

    /// <summary>Makes the length right again, so that what is wrong lies inside.</summary>
    private static void Reframe(List<byte> bytes)
    {
        if (bytes.Count > 1 && PacketFrame.Read([.. bytes], int.MaxValue, out var header, out _) == FrameResult.Known && header <= bytes.Count)
        {
            var framed = Frame(bytes[0], bytes[header..]);
            bytes.Clear();
            bytes.AddRange(framed);
        }
    }

    private byte[] Acknowledgement(int version, byte first, byte identifier)
    {
        List<byte> body = [0, identifier];
        if (version == 5 && _random.Next(2) == 0)
        {
            body.Add((byte)(_random.Next(2) == 0 ? 0 : 0x92));
            AddProperties(body, [0x1F, 0x26]);
        }

        return Frame(first, body);
    }

    private byte[] Subscribe(int version, byte identifier)
    {
        List<byte> body = [0, identifier];
        if (version == 5)
        {
            AddProperties(body, [0x0B, 0x26]);
        }

        for (var count = _random.Next(1, 6); count > 0; count--)
        {
            AddBlock(body, Text(Filters));
            body.Add((byte)(_random.Next(3) | (version == 5 ? _random.Next(4) << 2 | _random.Next(3) << 4 : 0)));
        }

        return Frame(0x82, body);
    }

    private byte[] Unsubscribe(int version, byte identifier)
    {
        List<byte> body = [0, identifier];
        if (version == 5)
        {
            AddProperties(body, [0x26]);
        }

        for (var count = _random.Next(1, 4); count > 0; count--)
        {
            AddBlock(body, Text(Filters));
        }

        return Frame(0xA2, body);
    }

    private byte[] Disconnect(int version)
    {
        var body = new List<byte>();
        if (version == 5 && _random.Next(2) == 0)
        {
            body.Add((byte)(_random.Next(2) == 0 ? 0 : 4));
            AddProperties(body, [0x11, 0x1F, 0x26]);
        }

        return Frame(0xE0, body);
    }

    /// <summary>Some of these properties, each once (MQTT 5, 2.2.2.2), user properties perhaps often.</summary>
    private void AddProperties(List<byte> body, byte[] allowed)
    {
        var properties = new List<byte>();
        foreach (var property in allowed)
        {
            for (var times = property == 0x26 ? _random.Next(4) : _random.Next(3) / 2; times > 0; times--)
            {
                properties.Add(property);
                AddValue(properties, property);
            }
        }

        AddVariableInteger(body, properties.Count);
        body.AddRange(properties);
    }

    private void AddValue(List<byte> properties, byte property)
    {
        switch (property)
        {
            case 0x01 or 0x17 or 0x19:
                properties.Add((byte)_random.Next(2));
                break;
            case 0x0B:
                AddVariableInteger(properties, _random.Next(1, 268_435_456));
                break;
            case 0x21 or 0x22 or 0x23:
                properties.AddRange([0, (byte)_random.Next(1, 70)]);
                break;
            case 0x02 or 0x11 or 0x18 or 0x27:
                properties.AddRange([0, 0, (byte)_random.Next(1, 256), 0xFF]);
                break;
            case 0x26:
                AddBlock(properties, "name"u8);
                AddBlock(properties, Payload());
                break;
            default:
                AddBlock(properties, "text"u8);
                break;
        }
    }

    private byte[] Text(string[] texts) => Encoding.UTF8.GetBytes(texts[_random.Next(texts.Length)]);

    private byte[] Payload() => Encoding.UTF8.GetBytes(new string('p', _random.Next(20) == 0 ? _random.Next(5_000) : _random.Next(40)));

    private static byte[] Frame(byte first, List<byte> body)
    {
        List<byte> packet = [first];
        AddVariableInteger(packet, body.Count);
        packet.AddRange(body);
        return [.. packet];
    }

    private static void AddBlock(List<byte> body, ReadOnlySpan<byte> bytes)
    {
        body.AddRange([(byte)(bytes.Length >> 8), (byte)bytes.Length]);
        body.AddRange(bytes);
    }

    private static void AddVariableInteger(List<byte> body, int value)
    {
        do
        {
            body.Add((byte)(value % 128 | (value >= 128 ? 0x80 : 0)));
            value /= 128;
        }
        while (value > 0);
    }
}
