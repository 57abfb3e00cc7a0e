namespace IoTGateway.Broker.Tests;

public class BrokerOptionsTests
{
    [Fact]
    public void ThrowIfInvalid_Defaults_AreValid() => new BrokerOptions().ThrowIfInvalid();

    [Fact]
    public void ThrowIfInvalid_SeveralWrong_NamesEach()
    {
        var options = new BrokerOptions { InFlightAtMost = 0, PacketSizeBytesAtMost = 1, StopTimeout = TimeSpan.Zero };

        var failure = Assert.Throws<ArgumentException>(options.ThrowIfInvalid);

        Assert.Contains("InFlightAtMost is 0, allowed are 1 to 65535", failure.Message, StringComparison.Ordinal);
        Assert.Contains("PacketSizeBytesAtMost is 1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("StopTimeout is 00:00:00", failure.Message, StringComparison.Ordinal);
    }
}
