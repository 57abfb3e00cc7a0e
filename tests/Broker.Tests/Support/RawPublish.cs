using System.Buffers.Binary;
using System.Text;

namespace IoTGateway.Broker.Tests.Support;

/// <summary>A PUBLISH of the gateway, taken apart.</summary>
/// <param name="Topic">The topic; empty where an alias stands for it.</param>
/// <param name="Payload">The payload.</param>
/// <param name="QualityOfService">0 to 2.</param>
/// <param name="Identifier">The packet identifier; 0 with QoS 0.</param>
/// <param name="Duplicate">The DUP flag.</param>
/// <param name="Retain">The retain flag.</param>
/// <param name="Properties">The properties in hexadecimal digits; empty with 3.1.1.</param>
internal sealed record RawPublish(string Topic, string Payload, int QualityOfService, ushort Identifier, bool Duplicate, bool Retain, string Properties)
{
    public static RawPublish Read(RawPacket packet, bool version5)
    {
        var body = packet.Body.AsSpan();
        var length = BinaryPrimitives.ReadUInt16BigEndian(body);
        var topic = Encoding.UTF8.GetString(body.Slice(2, length));
        body = body[(2 + length)..];
        var qualityOfService = (packet.First >> 1) & 3;
        ushort identifier = 0;
        if (qualityOfService > 0)
        {
            identifier = BinaryPrimitives.ReadUInt16BigEndian(body);
            body = body[2..];
        }

        var properties = "";
        if (version5)
        {
            var size = body[0] < 0x80 ? body[0] : (body[0] & 0x7F) | body[1] << 7;
            body = body[(body[0] < 0x80 ? 1 : 2)..];
            properties = Convert.ToHexString(body[..size]);
            body = body[size..];
        }

        return new RawPublish(
            topic, Encoding.UTF8.GetString(body), qualityOfService, identifier, (packet.First & 8) != 0, (packet.First & 1) != 0, properties);
    }
}
