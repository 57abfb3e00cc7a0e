using IoTGateway.Broker.Tests.Support;
using IoTGateway.Queue;
using IoTGateway.Tests.Doubles;

namespace IoTGateway.Broker.Tests.Wire;

/// <summary>Full means told: withheld, then refused, then drained, then accepted.</summary>
public class AdmissionTests
{
    private const int ReserveBytes = 4_096;
    private const int QuotaExceeded = 0x97;

    private readonly SettableClock _clock = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Publish_LogIsFullVersion5_IsWithheldThenRefusedThenAccepted(int qualityOfService)
    {
        await using var host = await BrokerHost.StartAsync(clock: _clock, reserveBytes: ReserveBytes);
        var acknowledgement = qualityOfService == 1 ? RawClient.PublishAck : RawClient.PublishReceived;
        using var device = await host.OpenAsync();
        await device.ConnectAsync("device", version: 5);
        Fill(host);

        await device.PublishAsync("devices/d/vitals", "withheld", qualityOfService, identifier: 1);
        await BrokerHost.UntilAsync("the reading is withheld", () => host.Broker.Connections.Find("device") is { IsReceivePaused: true });
        var refused = await PassUntilAsync(device.ExpectAsync(acknowledgement));
        Assert.Equal((1, QuotaExceeded), (refused.Identifier, refused.Reason));

        // From now on it is told at once.
        await device.PublishAsync("devices/d/vitals", "refused", qualityOfService, identifier: 2);
        Assert.Equal(QuotaExceeded, (await device.ExpectAsync(acknowledgement)).Reason);
        Assert.Empty(host.Readings());

        Drain(host);
        await device.PublishAsync("devices/d/vitals", "accepted", qualityOfService, identifier: 3);
        Assert.Equal(0, (await device.ExpectAsync(acknowledgement)).Reason);
        Assert.Equal(["accepted"], host.Readings());
    }

    [Fact]
    public async Task Publish_WithheldAndDrainedInTime_IsAcceptedAsIfNothingHadBeen()
    {
        await using var host = await BrokerHost.StartAsync(clock: _clock, reserveBytes: ReserveBytes);
        using var device = await host.OpenAsync();
        await device.ConnectAsync("device");
        Fill(host);

        await device.PublishAsync("devices/d/vitals", "withheld", identifier: 1);
        await BrokerHost.UntilAsync("the reading is withheld", () => host.Broker.Connections.Find("device") is { IsReceivePaused: true });
        _clock.Advance(TimeSpan.FromSeconds(10));
        Drain(host);
        Assert.Equal(0, (await device.ExpectAsync(RawClient.PublishAck)).Reason);
        Assert.Single(host.Readings());
    }

    [Fact]
    public async Task Publish_LogIsFullVersion311_IsClosedAndItsConnectIsRefusedUntilThereIsRoom()
    {
        await using var host = await BrokerHost.StartAsync(clock: _clock, reserveBytes: ReserveBytes);
        using (var device = await host.OpenAsync())
        {
            await device.ConnectAsync("device");
            Fill(host);
            await device.PublishAsync("devices/d/vitals", "withheld", identifier: 1);
            await BrokerHost.UntilAsync("the reading is withheld", () => host.Broker.Connections.Find("device") is { IsReceivePaused: true });
            Assert.Empty(await PassUntilAsync(device.ReadToEndAsync()));
        }

        using (var again = await host.OpenAsync())
        {
            Assert.Equal(3, (await again.ConnectAsync("device")).Body[1]);
        }

        // Whoever publishes no readings, such as those who wait for alerts, is not turned away.
        using (var nurse = await host.OpenAsync())
        {
            Assert.Equal(0, (await nurse.ConnectAsync("nurse")).Body[1]);
        }

        Drain(host);
        using var accepted = await host.OpenAsync();
        Assert.Equal(0, (await accepted.ConnectAsync("device")).Body[1]);
        await accepted.PublishAsync("devices/d/vitals", "accepted", identifier: 1);
        await accepted.ExpectAsync(RawClient.PublishAck);
    }

    [Fact]
    public async Task Publish_LogIsFull_AcknowledgementsOfAlertsAndReleasesGoOn()
    {
        await using var host = await BrokerHost.StartAsync(clock: _clock, reserveBytes: ReserveBytes);
        using var device = await host.OpenAsync();
        await device.ConnectAsync("device");
        await device.PublishAsync("devices/d/vitals", "before", qualityOfService: 2, identifier: 1);
        await device.ExpectAsync(RawClient.PublishReceived);
        Fill(host);

        await device.ReleaseAsync(1);
        await device.ExpectAsync(RawClient.PublishComplete);
        using var nurse = await host.OpenAsync();
        await nurse.ConnectAsync("nurse");
        await nurse.PublishAsync("alerts/w/p/low-spo2/ack", """{"episode":"e"}""", identifier: 1);
        await nurse.ExpectAsync(RawClient.PublishAck);
    }

    [Fact]
    public async Task ConnectionLost_LogIsFull_TheWillThatSaysSoIsKept()
    {
        await using var host = await BrokerHost.StartAsync(clock: _clock, reserveBytes: ReserveBytes);
        using (var device = await host.OpenAsync())
        {
            await device.ConnectAsync("device", will: ("devices/d/status", """{"state":"offline"}""", true));
            Fill(host);
        }

        await BrokerHost.UntilAsync("the will is kept", () => host.Log.Topics.Any(topic => topic.Name == "devices/d/status" && topic.Kind == RecordKind.DeviceStatus));
    }

    /// <summary>Lets time pass until a reading that is withheld is refused. More than once: the wait for it may have begun behind the first time.</summary>
    private async Task<T> PassUntilAsync<T>(Task<T> answer)
    {
        await BrokerHost.UntilAsync("the reading is refused", () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(31));
            return answer.IsCompleted;
        });
        return await answer;
    }

    private void Fill(BrokerHost host)
    {
        host.Disk.Available = ReserveBytes - 1;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(host.Log.IsFull);
    }

    private void Drain(BrokerHost host)
    {
        host.Disk.Available = long.MaxValue;
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(host.Log.IsFull);
    }
}
