using System.Text;
using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Tests.Packets;

public class PublishPacketTests
{
    [Fact]
    public void TryRead_Version311_ReadsAllFields()
    {
        Assert.True(PublishPacket.TryRead(0x35, [0, 1, (byte)'t', 0x12, 0x34, 9, 8], version5: false, out var packet));
        Assert.Equal((2, true, 0x1234), (packet.QualityOfService, packet.Retain, packet.PacketIdentifier));
        Assert.Equal("t", Encoding.UTF8.GetString(packet.Topic));
        Assert.Equal([9, 8], packet.Payload.ToArray());
    }

    [Fact]
    public void TryRead_Version5_ReadsContentTypeAndAliasAmongOtherProperties()
    {
        byte[] properties =
        [
            0x01, 1, // payload format indicator
            0x02, 0, 0, 0, 60, // message expiry interval
            0x23, 0, 7, // topic alias
            0x08, 0, 1, (byte)'r', // response topic
            0x09, 0, 2, 1, 2, // correlation data
            0x26, 0, 1, (byte)'n', 0, 1, (byte)'v', // user property
            0x03, 0, 4, (byte)'c', (byte)'b', (byte)'o', (byte)'r', // content type
        ];
        byte[] body = [0, 0, 0, 1, (byte)properties.Length, .. properties, 42];

        Assert.True(PublishPacket.TryRead(0x32, body, version5: true, out var packet));
        Assert.Equal((ushort)7, packet.TopicAlias);
        Assert.Equal("cbor", Encoding.UTF8.GetString(packet.ContentType));
        Assert.Equal([42], packet.Payload.ToArray());
    }

    [Theory]
    [InlineData(0x36, "000174 0001", false)] // QoS 3
    [InlineData(0x32, "000174 0000", false)] // packet identifier 0
    [InlineData(0x32, "000174 00", false)] // packet identifier ends early
    [InlineData(0x30, "0002 74", false)] // topic ends early
    [InlineData(0x30, "00", false)]
    [InlineData(0x30, "000174", true)] // no properties
    [InlineData(0x30, "000174 05 2300", true)] // properties end early
    [InlineData(0x30, "000174 02 2300", true)] // a property ends early
    [InlineData(0x30, "000174 02 0B01", true)] // a subscription identifier, which only the server sends
    [InlineData(0x30, "000174 8080808001", true)] // the length has five bytes
    public void TryRead_Malformed_IsFalse(byte first, string body, bool version5) =>
        Assert.False(PublishPacket.TryRead(first, Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal)), version5, out _));
}
