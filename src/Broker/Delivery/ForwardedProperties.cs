using System.Buffers.Binary;
using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Delivery;

/// <summary>The properties of a message that go to its subscribers unaltered and in their order (MQTT 5, 3.3.2.3).</summary>
internal static class ForwardedProperties
{
    /// <summary>Those of a PUBLISH or of a will, which were checked before.</summary>
    public static byte[] Of(ReadOnlySpan<byte> encoded, PropertyPlace place)
    {
        if (encoded.IsEmpty)
        {
            return [];
        }

        var forwarded = new byte[encoded.Length];
        var length = 0;
        var properties = new Properties(encoded, place);
        while (properties.MoveNext())
        {
            // An alias means something on one connection only; the expiry is counted down; the delay is the gateway's to wait.
            if (properties.Identifier is not (Property.TopicAlias or Property.MessageExpiry or Property.WillDelay))
            {
                properties.Encoded.CopyTo(forwarded.AsSpan(length));
                length += properties.Encoded.Length;
            }
        }

        return forwarded[..length];
    }

    /// <summary>The properties of a publisher that has only a content type to say.</summary>
    public static byte[] OfContentType(ReadOnlySpan<byte> contentType)
    {
        if (contentType.IsEmpty)
        {
            return [];
        }

        var properties = new byte[1 + 2 + contentType.Length];
        properties[0] = Property.ContentType;
        BinaryPrimitives.WriteUInt16BigEndian(properties.AsSpan(1), (ushort)contentType.Length);
        contentType.CopyTo(properties.AsSpan(3));
        return properties;
    }
}
