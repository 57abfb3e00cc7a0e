using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>The gateway's own clock ran ahead and was put right, was set back or jumps: alarms go on, and people are told.</summary>
public sealed class GatewayClockTests
{
    private const string ClockBehind = "gateway-s-clock-was-set-back";
    private static readonly TimeSpan ThreeDays = TimeSpan.FromDays(3);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void PutRight_AfterItRanThreeDaysAhead_AlarmsWithinAMinuteAndSaysSo(bool restarts)
    {
        using var ahead = AlertProcessorTests.Ward();
        Send(ahead, seconds: 5, spo2: 97);
        ahead.Settle();
        using var restarted = restarts ? ahead.Crash(downFor: -ThreeDays) : null;
        var gateway = restarted ?? ahead;
        if (!restarts)
        {
            gateway.Clock.Set(-ThreeDays);
        }

        gateway.Consume();
        Send(gateway, seconds: 50, spo2: 86);

        Assert.Equal(["p1 spo2-low pending", "p1 spo2-low active"], gateway.Story().Where(line => line.StartsWith("p1 spo2-low", StringComparison.Ordinal)));
        var told = gateway.Ledger.Find("gateway", ClockBehind);
        Assert.NotNull(told);
        Assert.Equal((AlertState.Active, AlertPriority.Medium, AlertKind.Technical, "3 d"), (told.State, told.Priority, told.Kind, told.Value));
        Assert.Null(gateway.View.Snapshot().Tiles.Single(tile => tile.Bed == "ICU-1").NotMonitored);
    }

    [Fact]
    public void SetBack_ReadingsStop_MissingIsRaisedInItsTime()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Load(TestRules.WithMissing);
        var missingAfter = TestRules.WithMissing.Catalogue.Find("spo2")!.MissingAfter!.Value;
        Send(gateway, seconds: 40, spo2: 97);
        gateway.Clock.Set(-TimeSpan.FromMinutes(30));
        Send(gateway, seconds: 40, spo2: 97);
        gateway.Pass((int)missingAfter.TotalSeconds - 3);
        Assert.Null(gateway.Ledger.Find("p1", "spo2-not-measured"));

        gateway.Pass(6);
        Assert.Equal(AlertState.Active, gateway.Ledger.Find("p1", "spo2-not-measured")?.State);
        gateway.Pass(70);

        Assert.StartsWith("No live reading for", gateway.View.Snapshot().Tiles.Single(tile => tile.Bed == "ICU-1").NotMonitored, StringComparison.Ordinal);
    }

    [Fact]
    public void SetBack_ThenCaughtUp_EndsTheAlert()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Clock.Set(-TimeSpan.FromMinutes(10));
        PassAndSettle(gateway);
        Assert.Equal("10 min", gateway.Ledger.Find("gateway", ClockBehind)?.Value);

        gateway.Clock.Set(TimeSpan.FromMinutes(10));
        PassAndSettle(gateway);

        Assert.Null(gateway.Ledger.Find("gateway", ClockBehind));
        Assert.Equal($"gateway {ClockBehind} ended", gateway.Story()[^1]);
    }

    [Fact]
    public void JumpAhead_WhileRunning_IsTold()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Clock.Set(ThreeDays);
        PassAndSettle(gateway);

        Assert.Equal(
            ["gateway gateway-s-clock-jumped-ahead active", "gateway gateway-s-clock-jumped-ahead ended"],
            gateway.Story().Where(line => line.StartsWith("gateway ", StringComparison.Ordinal)));
    }

    private static void PassAndSettle(TestGateway gateway)
    {
        gateway.Pass(2).Settle();
        gateway.Pass(1);
    }

    /// <summary>A reading each second, dated by the machine's clock.</summary>
    private static void Send(TestGateway gateway, int seconds, int spo2)
    {
        for (; seconds > 0; seconds--)
        {
            gateway.Read("m1", $"\"hr\":72,\"spo2\":{spo2}").Pass(1);
        }
    }
}
