using System.Text;
using System.Text.Unicode;

namespace IoTGateway.Broker.Packets;

/// <summary>The first fields of a CONNECT, read before anything else may look at it (MQTT 3.1.1, 3.1; MQTT 5, 3.1).</summary>
internal readonly ref struct ConnectHead
{
    /// <summary>4 for MQTT 3.1.1, 5 for MQTT 5.</summary>
    public int ProtocolLevel { get; private init; }

    /// <summary>Clean session of 3.1.1, clean start of 5.</summary>
    public bool Clean { get; private init; }

    /// <summary>The client id in UTF-8; may be empty.</summary>
    public ReadOnlySpan<byte> ClientId { get; private init; }

    /// <summary>Reads the head.</summary>
    /// <param name="body">What follows the fixed header.</param>
    /// <param name="head">The head.</param>
    public static ConnectHeadResult Read(ReadOnlySpan<byte> body, out ConnectHead head)
    {
        head = default;
        var reader = new PacketReader(body);
        if (!reader.TryReadBlock(out var protocol) || !reader.TryReadByte(out var level))
        {
            return ConnectHeadResult.Malformed;
        }

        // Bridges of Mosquitto set the highest bit of the level; it means nothing to the gateway.
        level &= 0x7F;
        if (!protocol.SequenceEqual("MQTT"u8) || level is not (4 or 5))
        {
            return protocol.SequenceEqual("MQTT"u8) || protocol.SequenceEqual("MQIsdp"u8) ? ConnectHeadResult.OtherVersion : ConnectHeadResult.Malformed;
        }

        if (!reader.TryReadByte(out var flags) || !reader.TryReadUInt16(out _) || !AreFlagsValid(flags, level))
        {
            return ConnectHeadResult.Malformed;
        }

        if (level == 5 && (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out _)))
        {
            return ConnectHeadResult.Malformed;
        }

        if (!reader.TryReadBlock(out var clientId))
        {
            return ConnectHeadResult.Malformed;
        }

        head = new ConnectHead { ProtocolLevel = level, Clean = (flags & 0x02) != 0, ClientId = clientId };
        return ConnectHeadResult.Read;
    }

    /// <summary>Whether a client id can be used: well-formed UTF-8 without control characters.</summary>
    public static bool IsUsable(ReadOnlySpan<byte> clientId)
    {
        if (!Utf8.IsValid(clientId))
        {
            return false;
        }

        foreach (var rune in Encoding.UTF8.GetString(clientId).EnumerateRunes())
        {
            if (Rune.IsControl(rune))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreFlagsValid(byte flags, int level)
    {
        var will = (flags & 0x04) != 0;
        var willQualityOfService = (flags >> 3) & 3;
        var password = (flags & 0x40) != 0;
        var userName = (flags & 0x80) != 0;
        return (flags & 0x01) == 0 // reserved
            && willQualityOfService < 3
            && (will || (willQualityOfService == 0 && (flags & 0x20) == 0))
            && (level == 5 || userName || !password); // MQTT 3.1.1, 3.1.2.9
    }
}
