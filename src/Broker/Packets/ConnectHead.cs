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

    /// <summary>The topic of the will; empty where there is none.</summary>
    public ReadOnlySpan<byte> WillTopic { get; private init; }

    /// <summary>The properties of the will as they stand in the packet (MQTT 5).</summary>
    public ReadOnlySpan<byte> WillProperties { get; private init; }

    /// <summary>What is wrong with the properties; success where nothing is.</summary>
    public ReasonCode Failure { get; private init; }

    /// <summary>Reads the head, and makes sure that the whole packet is well-formed.</summary>
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

        if (!TryReadProperties(ref reader, level, PropertyPlace.Connect, out _, out var failure)
            || !reader.TryReadBlock(out var clientId)
            || !TryReadWill(ref reader, level, flags, out var willProperties, out var willTopic, out var willFailure)
            || ((flags & 0x80) != 0 && (!reader.TryReadBlock(out var userName) || !Utf8.IsValid(userName) || userName.Contains((byte)0)))
            || ((flags & 0x40) != 0 && !reader.TryReadBlock(out _))
            || !reader.Rest.IsEmpty)
        {
            return ConnectHeadResult.Malformed;
        }

        head = new ConnectHead
        {
            ProtocolLevel = level,
            Clean = (flags & 0x02) != 0,
            ClientId = clientId,
            WillTopic = willTopic,
            WillProperties = willProperties,
            Failure = failure != ReasonCode.Success ? failure : willFailure,
        };
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

    private static bool TryReadProperties(
        scoped ref PacketReader reader, int level, PropertyPlace place, out ReadOnlySpan<byte> properties, out ReasonCode failure)
    {
        properties = default;
        failure = ReasonCode.Success;
        if (level != 5)
        {
            return true;
        }

        if (!reader.TryReadVariableInteger(out var length) || !reader.TryReadBytes(length, out properties))
        {
            return false;
        }

        failure = Properties.Check(properties, place);
        return true;
    }

    private static bool TryReadWill(
        scoped ref PacketReader reader, int level, byte flags, out ReadOnlySpan<byte> properties, out ReadOnlySpan<byte> topic, out ReasonCode failure)
    {
        properties = default;
        topic = default;
        failure = ReasonCode.Success;
        return (flags & 0x04) == 0
            || (TryReadProperties(ref reader, level, PropertyPlace.Will, out properties, out failure)
                && reader.TryReadBlock(out topic)
                && reader.TryReadBlock(out _));
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
