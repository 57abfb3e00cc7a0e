using IoTGateway.FirmwareSim.Commands;
using IoTGateway.FirmwareSim.Device;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.FirmwareSim.Tests.Commands;

public class ConnectionNoticesTests
{
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void Next_ConnectionsLostAndBack_FewLines()
    {
        var notices = new ConnectionNotices("gw:1883", _clock);
        Assert.Null(notices.Next());
        Report(notices, "a", connected: true);
        Assert.Null(notices.Next());

        Report(notices, "a", connected: false);
        Report(notices, "b", connected: false);
        Assert.Equal("2 devices have no connection to gw:1883 (connection refused); trying again.", notices.Next());
        Assert.Null(notices.Next());
        Report(notices, "b", connected: true);
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("a has no connection to gw:1883 (connection refused); trying again.", notices.Next());
        Report(notices, "a", connected: true);
        Assert.Equal("Connected to gw:1883 again.", notices.Next());
        Assert.Null(notices.Next());
    }

    private static void Report(ConnectionNotices notices, string device, bool connected) =>
        notices.Observe(new DeviceConnectionReport(device, connected, "connection refused", TimeSpan.FromSeconds(1)));
}
