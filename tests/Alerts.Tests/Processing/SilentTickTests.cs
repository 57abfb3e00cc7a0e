using IoTGateway.Alerts.Tests.Doubles;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>
/// A tick that changes nothing is not recorded, so it must leave no trace; one that changes something without a word (a value goes out of date) must be
/// recorded. Otherwise a restart, which sees the recorded ones only, comes to another state, and an alert could be raised where nobody hears it.
/// </summary>
public sealed class SilentTickTests
{
    private const int Seconds = 90;

    [Fact]
    public void Restart_AtEverySecondWithReadingsThatComeSomeSecondsLate_GivesTheSameEvents()
    {
        var cuts = new List<MemoryDisk>();
        using var whole = AlertProcessorTests.Ward();
        for (var second = 0; second < Seconds; second++)
        {
            Step(whole, second);
            whole.Settle();
            cuts.Add(whole.Disk.Copy());
        }

        Assert.Contains("p1 spo2-low active", whole.Story());
        for (var cut = 0; cut < cuts.Count; cut++)
        {
            using var restarted = new TestGateway(cuts[cut], TestGateway.Start + TimeSpan.FromSeconds(cut + 1));
            restarted.Consume();
            for (var second = cut + 1; second < Seconds; second++)
            {
                Step(restarted, second);
            }

            Assert.True(
                whole.Events().Select(happened => (happened.Status.Slug, happened.Status.State, happened.Time)).SequenceEqual(
                    restarted.Events().Select(happened => (happened.Status.Slug, happened.Status.State, happened.Time))),
                $"cut at {cut} s: {string.Join("; ", restarted.Story())} instead of {string.Join("; ", whole.Story())}");
        }
    }

    [Fact]
    public void Alert_ReadingComesSecondsAfterItWasMeasured_IsRaisedByTheTimeOfItsMeasurement()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Pass(20);
        var measured = gateway.Now - TimeSpan.FromSeconds(4);
        gateway.Publish("m1", $$"""{"ts":{{measured.UnixMilliseconds}},"spo2":86}""").Pass(2);

        // The rule waits 5 s from the measurement on; what the rules have seen pass meanwhile does not prolong that.
        var raised = Assert.Single(gateway.Events(), happened => happened.Status is { Slug: "spo2-low", State: Rules.AlertState.Active });
        Assert.Equal(measured + TimeSpan.FromSeconds(5), raised.Time);
    }

    /// <summary>Such a record rides along with the next commit. The saved state rests on it, so it must not be the younger of the two.</summary>
    [Fact]
    public void SaveCheckpoint_ASilentTickStillRidesAlong_IsDurableBefore()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Publish("m1", $$"""{"ts":{{gateway.Now.UnixMilliseconds}},"hr":70}""");
        var ticks = new List<int>();
        var cuts = new List<MemoryDisk>();
        for (var second = 0; second < 70; second++)
        {
            gateway.Pass(1);
            gateway.Processor.SaveCheckpoint();
            cuts.Add(gateway.Disk.Copy());
            gateway.Settle();
            ticks.Add(gateway.Ticks().Count);
        }

        Assert.Empty(gateway.Story());
        Assert.NotEqual(ticks[0], ticks[^1]);
        for (var cut = 0; cut < cuts.Count; cut++)
        {
            using var restarted = new TestGateway(cuts[cut], TestGateway.Start + TimeSpan.FromSeconds(cut + 1));
            Assert.Equal(ticks[cut], restarted.Ticks().Count);
        }
    }

    /// <summary>Two signals whose readings come with different delays, so that values go out of date between a measurement and its arrival.</summary>
    private static void Step(TestGateway gateway, int second)
    {
        var saturation = second is > 15 and < 45 or > 70 ? 86 : 95;
        if (second is < 20 or > 40)
        {
            var delay = TimeSpan.FromSeconds(second % 9);
            gateway.Publish("m1", $$"""{"ts":{{(gateway.Now - delay).UnixMilliseconds}},"spo2":{{saturation}}}""");
        }

        if (second % 7 == 0)
        {
            gateway.Publish("m1", $$"""{"ts":{{(gateway.Now - TimeSpan.FromSeconds(11)).UnixMilliseconds}},"hr":{{(second % 2 == 0 ? 36 : 70)}}}""");
        }

        gateway.Pass(1);
    }
}
