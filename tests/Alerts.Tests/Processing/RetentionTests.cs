using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;

namespace IoTGateway.Alerts.Tests.Processing;

public class RetentionTests
{
    [Fact]
    public async Task Restart_SegmentsOfAThreeDayOldAlertAreDeleted_AlertCensusAndRulesAreStillThere()
    {
        using var gateway = new TestGateway(segmentSizeBytes: 1 << 14)
            .Load(TestRules.Standard)
            .Admit(
                TestGateway.Bed("ICU-1", "p1", devices: ["m1"], monitored: ["hr", "spo2"]),
                TestGateway.Bed("ICU-2", "p2", devices: ["m2"], monitored: ["hr", "spo2"]));
        for (var second = 0; second < 30 && gateway.Ledger.Find("p1", "spo2-low")?.State != AlertState.Active; second++)
        {
            gateway.Read("m1", "\"spo2\":80").Pass(1);
        }

        var raised = gateway.Ledger.Find("p1", "spo2-low");
        Assert.Equal(AlertState.Active, raised?.State);
        var beforeThat = gateway.Log.End;
        for (var hour = 0; hour < 72; hour++)
        {
            gateway.Clock.Advance(TimeSpan.FromHours(1));
            for (var count = 0; count < 20; count++)
            {
                gateway.Read("m2", "\"hr\":60,\"spo2\":97");
            }

            gateway.Read("m1", "\"spo2\":80").Pass(2);
        }

        await Eventually.HoldsAsync(
            "the segments of three days ago are deleted", TimeSpan.FromSeconds(30),
            () =>
            {
                gateway.Pass(61);
                return gateway.Log.Start > beforeThat;
            },
            TestContext.Current.CancellationToken);

        using var restarted = gateway.Crash();
        restarted.Consume();
        var kept = restarted.Ledger.Find("p1", "spo2-low");
        Assert.Equal((raised!.Episode, AlertState.Active, "ICU"), (kept?.Episode, kept?.State, kept?.Ward));

        // Census and rules are as they were: a reading of the device is the patient's, and clears the alert.
        for (var second = 0; second < 60 && restarted.Ledger.Find("p1", "spo2-low") is { State: AlertState.Active or AlertState.Clearing }; second++)
        {
            restarted.Read("m1", "\"spo2\":97").Pass(1);
        }

        Assert.Contains(restarted.Events(), happened => happened.Status is { Patient: "p1", Slug: "spo2-low", State: AlertState.Ended or AlertState.Latched });
    }
}
