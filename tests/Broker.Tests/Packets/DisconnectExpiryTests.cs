using IoTGateway.Broker.Packets;

namespace IoTGateway.Broker.Tests.Packets;

public class DisconnectExpiryTests
{
    [Theory]
    [InlineData("", null)]
    [InlineData("00", null)]
    [InlineData("0000", null)]
    [InlineData("00 05 1100000000", 0u)]
    [InlineData("00 05 110000003C", 60u)]
    [InlineData("04 09 1F000162 110000003C", 60u)]
    [InlineData("00 05 1100", null)]
    [InlineData("00 02 5500", null)]
    public void Find_Body_TellsNoneFromZero(string body, uint? expected) =>
        Assert.Equal(expected, DisconnectExpiry.Find(Convert.FromHexString(body.Replace(" ", "", StringComparison.Ordinal))));
}
