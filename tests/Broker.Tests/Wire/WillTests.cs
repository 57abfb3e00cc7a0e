using System.Text;
using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;

namespace IoTGateway.Broker.Tests.Wire;

public class WillTests
{
    private const string Status = "devices/d/status";

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task Connection_Breaks_LogsTheWillAndRetainsIt(int version)
    {
        await using var host = await BrokerHost.StartAsync();
        using (var device = await host.OpenAsync())
        {
            await device.ConnectAsync("c1", version, will: (Status, "{\"state\":\"offline\"}", true));
            await device.PublishAsync(Status, "{\"state\":\"online\"}", retain: true);
            await device.ExpectAsync(RawClient.PublishAck);
        }

        await BrokerHost.UntilAsync("the will is in the log", () => host.Records(RecordKind.DeviceStatus).Count == 2);
        Assert.Equal(["{\"state\":\"online\"}", "{\"state\":\"offline\"}"], host.Records(RecordKind.DeviceStatus).Select(record => record.Payload));
        await BrokerHost.UntilAsync("the relay is done", () => host.Broker.Counters.Connections == 0);
        await ExpectRetainedAsync(host, "offline");
        await host.RestartAsync();
        await ExpectRetainedAsync(host, "offline");
    }

    [Fact]
    public async Task Connection_EndsWithDisconnect_DropsTheWill()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var device = await host.OpenAsync())
        {
            await device.ConnectAsync("c1", will: (Status, "offline", true));
            await device.DisconnectAsync();
            await device.ReadToEndAsync();
        }

        await BrokerHost.UntilAsync("the connection has ended", () => host.Broker.Counters.Connections == 0);
        Assert.Empty(host.Records(RecordKind.DeviceStatus));
    }

    [Fact]
    public async Task Connection_EndsWithDisconnectWithWill_LogsIt()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var device = await host.OpenAsync())
        {
            await device.ConnectAsync("c1", 5, will: (Status, "offline", false));
            await device.SendAsync([0xE0, 1, 0x04]);
            await device.ReadToEndAsync();
        }

        await BrokerHost.UntilAsync("the will is in the log", () => host.Records(RecordKind.DeviceStatus) is [{ Payload: "offline" }]);
    }

    [Fact]
    public async Task Connection_IsTakenOver_LogsTheWillBeforeTheNewOneSpeaks()
    {
        await using var host = await BrokerHost.StartAsync();
        using var first = await host.OpenAsync();
        await first.ConnectAsync("c1", will: (Status, "offline", true));
        using var second = await host.OpenAsync();
        await second.ConnectAsync("c1", will: (Status, "offline", true));
        await second.PublishAsync(Status, "online", retain: true);
        await second.ExpectAsync(RawClient.PublishAck);

        Assert.Equal(["offline", "online"], host.Records(RecordKind.DeviceStatus).Select(record => record.Payload));
    }

    [Fact]
    public async Task Broker_Stops_DoesNotCallDevicesOffline()
    {
        await using var host = await BrokerHost.StartAsync();
        using var device = await host.OpenAsync();
        await device.ConnectAsync("c1", will: (Status, "offline", true));

        await host.RestartAsync();

        Assert.Empty(host.Records(RecordKind.DeviceStatus));
    }

    [Fact]
    public async Task Connection_BreaksWithAWillToReadings_LogsAReading()
    {
        await using var host = await BrokerHost.StartAsync();
        using (var device = await host.OpenAsync())
        {
            await device.ConnectAsync("c1", will: ("devices/d/vitals", "{\"alarms\":[\"off\"]}", false));
        }

        await BrokerHost.UntilAsync("the will is in the log", () => host.Records(RecordKind.Reading).Count == 1);
        Assert.Equal(0, host.Records(RecordKind.Reading)[0].QualityOfService);
    }

    [Theory]
    [InlineData("alerts/icu/p1/low-spo2", 4, 5)]
    [InlineData("alerts/icu/p1/low-spo2", 5, 0x87)]
    [InlineData("alerts/icu/p1/low-spo2/ack", 5, 0x87)]
    [InlineData("room/temperature", 5, 0x87)]
    [InlineData("devices/+/status", 5, 0x90)]
    public async Task Connect_WillToATopicThatIsNotAllowed_IsRefused(string topic, int version, int reason)
    {
        await using var host = await BrokerHost.StartAsync();
        using var device = await host.OpenAsync();

        Assert.Equal(reason, (await device.ConnectAsync("c1", version, will: (topic, "x", false))).Body[1]);
        Assert.Empty(await device.ReadToEndAsync());
    }

    private static async Task ExpectRetainedAsync(BrokerHost host, string text)
    {
        // The relay passes a state on a moment after it is durable.
        for (var attempt = 0; ; attempt++)
        {
            using var subscriber = await host.ConnectAsync("s");
            await subscriber.SubscribeAsync(1, (Status, 1));
            await subscriber.ExpectAsync(RawClient.SubscribeAck);
            var message = await subscriber.ExpectAsync(RawClient.Publish);
            Assert.Equal(1, message.First & 1);
            if (attempt == 20 || Encoding.UTF8.GetString(message.Body).Contains(text, StringComparison.Ordinal))
            {
                Assert.Contains(text, Encoding.UTF8.GetString(message.Body), StringComparison.Ordinal);
                return;
            }
        }
    }
}
