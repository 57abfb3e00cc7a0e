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
}
