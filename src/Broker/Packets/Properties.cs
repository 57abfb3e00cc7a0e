using System.Buffers.Binary;
using System.Text.Unicode;
using IoTGateway.Broker.Topics;

namespace IoTGateway.Broker.Packets;

/// <summary>
/// Reads the properties of a packet one after another and checks each: that it may stand there, that it stands there once, that its value is
/// one it may have (MQTT 5, 2.2.2).
/// </summary>
/// <remarks>
/// The identifier is a number of one to four bytes, of which all that are defined need one.
/// </remarks>
internal ref struct Properties(ReadOnlySpan<byte> properties, PropertyPlace place)
{
    private readonly ReadOnlySpan<byte> _all = properties;
    private PacketReader _reader = new(properties);
    private ulong _seen;

    /// <summary>Which property this is.</summary>
    public byte Identifier { get; private set; }

    /// <summary>Its value, where that is a number.</summary>
    public uint Number { get; private set; }

    /// <summary>Its value, where that is a text or bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>The property as it stands in the packet, identifier and value.</summary>
    public ReadOnlySpan<byte> Encoded { get; private set; }

    /// <summary>What is wrong; success while nothing is.</summary>
    public ReasonCode Failure { get; private set; }

    /// <summary>Goes to the next property; false at the end, or where something is wrong.</summary>
    public bool MoveNext()
    {
        var start = _all.Length - _reader.Rest.Length;
        if (!_reader.TryReadByte(out var identifier))
        {
            return false;
        }

        Identifier = identifier;
        Number = 0;
        Bytes = default;
        if ((PlacesOf(identifier) & place) == 0 || !TryReadValue(identifier))
        {
            Failure = ReasonCode.Malformed;
            return false;
        }

        if (!IsOnce(identifier) || !IsAllowed(identifier))
        {
            Failure = ReasonCode.ProtocolError;
            return false;
        }

        Encoded = _all[start..(_all.Length - _reader.Rest.Length)];
        return true;
    }

    /// <summary>Reads all; what is wrong with them, or success.</summary>
    public static ReasonCode Check(ReadOnlySpan<byte> properties, PropertyPlace place)
    {
        var reader = new Properties(properties, place);
        while (reader.MoveNext())
        {
        }

        return reader.Failure;
    }

    private bool IsOnce(byte identifier)
    {
        if (identifier == Property.UserProperty)
        {
            return true;
        }

        var bit = 1ul << identifier;
        var first = (_seen & bit) == 0;
        _seen |= bit;
        return first;
    }

    private readonly bool IsAllowed(byte identifier) => identifier switch
    {
        Property.PayloadFormat or Property.RequestProblemInformation or Property.RequestResponseInformation => Number <= 1,
        Property.ReceiveMaximum or Property.MaximumPacketSize or Property.SubscriptionIdentifier => Number > 0,
        Property.ResponseTopic => TopicRules.IsTopic(Bytes),
        _ => true,
    };

    private bool TryReadValue(byte identifier)
    {
        switch (identifier)
        {
            case Property.PayloadFormat or Property.RequestProblemInformation or Property.RequestResponseInformation:
                var readByte = _reader.TryReadByte(out var one);
                Number = one;
                return readByte;
            case Property.ReceiveMaximum or Property.TopicAliasMaximum or Property.TopicAlias:
                var readTwo = _reader.TryReadUInt16(out var two);
                Number = two;
                return readTwo;
            case Property.MessageExpiry or Property.SessionExpiry or Property.WillDelay or Property.MaximumPacketSize:
                var readFour = _reader.TryReadBytes(4, out var four);
                Number = readFour ? BinaryPrimitives.ReadUInt32BigEndian(four) : 0;
                return readFour;
            case Property.SubscriptionIdentifier:
                var readVariable = _reader.TryReadVariableInteger(out var variable);
                Number = (uint)variable;
                return readVariable;
            case Property.CorrelationData or Property.AuthenticationData:
                var readBytes = _reader.TryReadBlock(out var bytes);
                Bytes = bytes;
                return readBytes;
            case Property.UserProperty:
                return TryReadText(out _) && TryReadText(out _);
            default:
                var readText = TryReadText(out var text);
                Bytes = text;
                return readText;
        }
    }

    /// <summary>A text is UTF-8 and has no U+0000 (MQTT 5, 1.5.4).</summary>
    private bool TryReadText(out ReadOnlySpan<byte> text) => _reader.TryReadBlock(out text) && Utf8.IsValid(text) && !text.Contains((byte)0);

    private static PropertyPlace PlacesOf(byte identifier) => identifier switch
    {
        Property.PayloadFormat or Property.MessageExpiry or Property.ContentType or Property.ResponseTopic or Property.CorrelationData =>
            PropertyPlace.Publish | PropertyPlace.Will,
        Property.SubscriptionIdentifier => PropertyPlace.Subscribe,
        Property.SessionExpiry => PropertyPlace.Connect | PropertyPlace.Disconnect,
        Property.AuthenticationMethod or Property.AuthenticationData or Property.RequestProblemInformation or Property.RequestResponseInformation
            or Property.ReceiveMaximum or Property.TopicAliasMaximum or Property.MaximumPacketSize => PropertyPlace.Connect,
        Property.WillDelay => PropertyPlace.Will,
        Property.ReasonString => PropertyPlace.Acknowledgement | PropertyPlace.Disconnect,
        Property.TopicAlias => PropertyPlace.Publish,
        Property.UserProperty => (PropertyPlace)~0,
        _ => PropertyPlace.None,
    };
}
