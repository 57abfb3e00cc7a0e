using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>Devices whose clocks are wrong, and devices that send what they have kept, from the log to the alert.</summary>
public sealed class ClockTests
{
    private static readonly RuleSet ClockRules = TestRules.Compile(TestRules.Text + """

          - alert: Clock wrong
            kind: technical
            when: clock_offset > 60 or clock_offset < -60
            priority: low
            message: "The device's clock is {clock_offset} s off"
        """);

    [Fact]
    public void SlowBy5Minutes_OnceLearned_Alarms()
    {
        using var gateway = AlertProcessorTests.Ward();
        Send(gateway, seconds: 20, slow: 300, spo2: 86);
        Assert.Empty(gateway.Story());
        Assert.StartsWith("Readings come late", Tile(gateway).NotMonitored, StringComparison.Ordinal);

        Send(gateway, seconds: 20, slow: 300, spo2: 86);

        Assert.Equal([new ClockOffsetRecord("m1", TimeSpan.FromSeconds(300))], Offsets(gateway));
        Assert.Equal(["p1 spo2-low pending", "p1 spo2-low active"], gateway.Story());
        Assert.InRange((gateway.Now - gateway.Events()[1].Time).TotalSeconds, 0, 10);
        Assert.Null(Tile(gateway).NotMonitored);
    }

    [Fact]
    public void FastBy5Minutes_BeforeAndAfterItIsLearned_Alarms()
    {
        using var gateway = AlertProcessorTests.Ward();
        Send(gateway, seconds: 10, slow: -300, spo2: 86);
        Assert.Equal(["p1 spo2-low pending", "p1 spo2-low active"], gateway.Story());

        Send(gateway, seconds: 30, slow: -300, spo2: 95);
        Assert.Equal([new ClockOffsetRecord("m1", TimeSpan.FromSeconds(-300))], Offsets(gateway));
        Send(gateway, seconds: 10, slow: -300, spo2: 86);

        Assert.Equal("p1 spo2-low active", gateway.Story()[^1]);
        Assert.All(gateway.Events(), happened => Assert.True(happened.Time <= gateway.Now));
    }

    [Fact]
    public void Ahead_ByLessThanAMinute_DoesNotHideWhatFollows()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Publish("m1", Payload(gateway.Now + TimeSpan.FromSeconds(50), 97)).Pass(1);

        Send(gateway, seconds: 8, slow: 0, spo2: 86);

        Assert.Equal("p1 spo2-low active", gateway.Story()[^1]);
    }

    [Fact]
    public void BacklogOfTwoHours_InMessagesAndInOne_TeachesNothing()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Admit(gateway.Now - TimeSpan.FromHours(3), TestGateway.Bed("ICU-1", "p1", devices: ["m1"], monitored: ["hr", "spo2"]));
        var begin = gateway.Now - TimeSpan.FromHours(2);
        for (var index = 0; index < 60; index++)
        {
            gateway.Publish("m1", Payload(begin + TimeSpan.FromMinutes(index), 80)).Pass(1);
        }

        gateway.Publish("m1", "[" + string.Join(',', Enumerable.Range(60, 60).Select(index => Payload(begin + TimeSpan.FromMinutes(index), 80))) + "]");
        Send(gateway, seconds: 40, slow: 0, spo2: 95);

        Assert.Empty(Offsets(gateway));
        Assert.Empty(gateway.Story());
        Assert.EndsWith("lowest SpO2 80 %", Tile(gateway).Late, StringComparison.Ordinal);
        Assert.Null(Tile(gateway).NotMonitored);
    }

    [Fact]
    public void ClockIsSet_AfterItWasLearned_AlarmsAllTheTimeAndIsLearnedAgain()
    {
        using var gateway = AlertProcessorTests.Ward();
        Send(gateway, seconds: 40, slow: 300, spo2: 95);

        // Right again: with the old offset these are of the future, so they count as of now.
        Send(gateway, seconds: 8, slow: 0, spo2: 86);
        Assert.Equal("p1 spo2-low active", gateway.Story()[^1]);
        Send(gateway, seconds: 30, slow: 0, spo2: 95);

        Assert.Equal([TimeSpan.FromSeconds(300), TimeSpan.Zero], Offsets(gateway).Select(record => record.Offset));
        Assert.Equal("p1 spo2-low ended", gateway.Story()[^1]);
    }

    [Fact]
    public void Drift_OfAClock_NeverMakesReadingsLate()
    {
        using var gateway = AlertProcessorTests.Ward();
        Send(gateway, seconds: 40, slow: 300, spo2: 95);
        for (var minute = 0; minute < 40; minute++)
        {
            // Half a second a minute.
            Send(gateway, seconds: 60, slow: 300 + (minute * 0.5), spo2: 95);
            Assert.Null(Tile(gateway).NotMonitored);
        }

        Assert.InRange(Offsets(gateway)[^1].Offset.TotalSeconds, 317, 320);
    }

    [Fact]
    public void ClockOffset_Learned_RaisesTheTechnicalAlertAndEndsIt()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Load(ClockRules);
        Send(gateway, seconds: 35, slow: -120, spo2: 95);
        Assert.Equal(["p1 clock-wrong active"], gateway.Story());
        Assert.Equal("120", gateway.Events()[0].Status.Value.Split(' ', '.')[0]);

        Send(gateway, seconds: 40, slow: 0, spo2: 95);
        Assert.Equal(["p1 clock-wrong active", "p1 clock-wrong ended"], gateway.Story());
    }

    [Fact]
    public void ClockOffset_OtherRulesOrAnotherBed_IsToldAgain()
    {
        using var gateway = AlertProcessorTests.Ward();
        Send(gateway, seconds: 35, slow: -120, spo2: 95);
        gateway.Load(ClockRules);
        Send(gateway, seconds: 65, slow: -120, spo2: 95);
        Assert.Equal(["p1 clock-wrong active"], gateway.Story());

        gateway.Admit(
            TestGateway.Bed("ICU-1", "p1", devices: ["m9"], monitored: ["hr", "spo2"]),
            TestGateway.Bed("ICU-2", "p2", devices: ["m1"], monitored: ["hr", "spo2"]));
        Send(gateway, seconds: 65, slow: -120, spo2: 95);

        Assert.Equal(["p1 clock-wrong active", "p1 clock-wrong ended", "p2 clock-wrong active"], gateway.Story());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Restart_AtEverySecondOfLearning_LearnsTheSame(bool checkpoints)
    {
        var cuts = new List<MemoryDisk>();
        using var whole = AlertProcessorTests.Ward();
        for (var second = 0; second < 45; second++)
        {
            Send(whole, seconds: 1, slow: 300, spo2: second < 36 ? 95 : 86);
            if (checkpoints && second % 4 == 0)
            {
                whole.Processor.SaveCheckpoint();
            }

            whole.Settle();
            cuts.Add(whole.Disk.Copy());
        }

        Assert.Single(Offsets(whole));
        Assert.Equal("p1 spo2-low active", whole.Story()[^1]);
        for (var second = 0; second < cuts.Count; second += 3)
        {
            using var restarted = new TestGateway(cuts[second], TestGateway.Start + TimeSpan.FromSeconds(second + 1), whole.Options);
            restarted.Consume();
            for (var next = second + 1; next < 45; next++)
            {
                Send(restarted, seconds: 1, slow: 300, spo2: next < 36 ? 95 : 86);
            }

            Assert.Equal(Offsets(whole), Offsets(restarted));
            Assert.Equal(whole.Story(), restarted.Story());
        }
    }

    [Fact]
    public void Restart_StateOfTheRulesUnreadable_OffsetsAreKnownFromTheLog()
    {
        using var gateway = AlertProcessorTests.Ward();
        Send(gateway, seconds: 40, slow: 300, spo2: 95);
        gateway.Settle();
        var disk = gateway.Disk.Copy();
        foreach (var checkpoint in disk.ListFiles("/log/checkpoints").Where(file => file.StartsWith("rules-engine.", StringComparison.Ordinal)))
        {
            disk.DeleteFile("/log/checkpoints/" + checkpoint);
        }

        using var restarted = new TestGateway(disk, gateway.Clock.GetUtcNow());
        restarted.Consume();
        Send(restarted, seconds: 8, slow: 300, spo2: 86);

        Assert.Equal("p1 spo2-low active", restarted.Story()[^1]);
        Assert.Single(Offsets(restarted));
    }

    internal static List<ClockOffsetRecord> Offsets(TestGateway gateway)
    {
        gateway.Settle();
        var found = new List<ClockOffsetRecord>();
        using var reader = gateway.Log.OpenReader(gateway.Log.Start, RecordKinds.Of(RecordKind.ClockOffset));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add(ClockOffsetRecord.Read(record.Body));
            }
        }

        return found;
    }

    /// <summary>A reading a second of m1, whose clock is slow by so many seconds.</summary>
    private static void Send(TestGateway gateway, int seconds, double slow, double spo2)
    {
        for (; seconds > 0; seconds--)
        {
            gateway.Publish("m1", Payload(gateway.Now - TimeSpan.FromSeconds(slow), spo2));

            // What came of it is durable before the next second, as at the pace of real devices.
            gateway.Settle();
            gateway.Pass(1);
        }
    }

    private static string Payload(Instant time, double spo2) => FormattableString.Invariant($"{{\"ts\":{time.UnixMilliseconds},\"spo2\":{spo2},\"hr\":70}}");

    private static TileView Tile(TestGateway gateway)
    {
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(300));
        return gateway.View.Snapshot().Tiles.Single(tile => tile.Patient == "p1");
    }
}
