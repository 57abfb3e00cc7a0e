using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Tests.Packets;

public class PacketFrameTests
{
    [Theory]
    [InlineData("C000", FrameResult.Known, 2, 0)]
    [InlineData("307F", FrameResult.Known, 2, 127)]
    [InlineData("308001", FrameResult.Known, 3, 128)]
    [InlineData("30FF7F", FrameResult.Known, 3, 16_383)]
    [InlineData("30808001", FrameResult.Known, 4, 16_384)]
    [InlineData("30FFFF3F", FrameResult.Known, 4, 1_048_575)]
    public void Read_WholeHeader_KnowsTheLength(string bytes, object result, int header, int body)
    {
        Assert.Equal((FrameResult)result, PacketFrame.Read(Convert.FromHexString(bytes), 2 << 20, out var headerLength, out var bodyLength));
        Assert.Equal((header, body), (headerLength, bodyLength));
    }

    [Theory]
    [InlineData("", FrameResult.NeedMore)]
    [InlineData("30", FrameResult.NeedMore)]
    [InlineData("3080", FrameResult.NeedMore)]
    [InlineData("30FFFFFF", FrameResult.NeedMore)]
    [InlineData("30FFFFFF7F", FrameResult.TooLarge)]
    [InlineData("30808040", FrameResult.TooLarge)]
    [InlineData("3080808080", FrameResult.Malformed)]
    [InlineData("30FFFFFFFF01", FrameResult.Malformed)]
    public void Read_NoUsableHeader_SaysWhy(string bytes, object result) =>
        Assert.Equal((FrameResult)result, PacketFrame.Read(Convert.FromHexString(bytes), 1 << 20, out _, out _));

    [Fact]
    public void Read_ExactlyTheLargestPacket_IsKnown()
    {
        Assert.Equal(FrameResult.Known, PacketFrame.Read([0x30, 98], 100, out _, out _));
        Assert.Equal(FrameResult.TooLarge, PacketFrame.Read([0x30, 99], 100, out _, out _));
    }

    [Theory]
    [InlineData(0, "00")]
    [InlineData(127, "7F")]
    [InlineData(128, "8001")]
    [InlineData(16_383, "FF7F")]
    [InlineData(16_384, "808001")]
    [InlineData(2_097_151, "FFFF7F")]
    [InlineData(2_097_152, "80808001")]
    [InlineData(268_435_455, "FFFFFF7F")]
    public void Write_AnyLength_HasTheFewestBytes(int length, string expected)
    {
        var target = new byte[5];
        var written = PacketFrame.Write(target, 0x30, length);

        Assert.Equal("30" + expected, Convert.ToHexString(target.AsSpan(0, written)));
        Assert.Equal(written - 1, PacketFrame.LengthSizeBytes(length));
    }
}
