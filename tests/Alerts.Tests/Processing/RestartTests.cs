using System.Text;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Observations;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>
/// The promise: an alert is never forgotten and never raised twice. A journal of an hour's events, pressed into a minute, is run once without
/// a pause; then it is cut at every second in three ways, and each time the events must be the same. Faults survived: power failure with
/// inputs durable and not consumed; consumed, with the outputs on their way to the disk; settled, or with what people decided come back; each with no checkpoint but the first, with
/// one after every second (so that the cursor is behind it), and with an old one.
/// </summary>
public sealed class RestartTests
{
    private const int Seconds = 70;
    private const int Seed = 20261122;

    private static readonly string Text = TestRules.Text
        .Replace("rules:", "limits: { spo2_low: { value: 88, allowed: 80 to 94 } }\nrules:", StringComparison.Ordinal)
        .Replace("spo2 < 88", "spo2 < limit spo2_low", StringComparison.Ordinal)
        .Replace("latch: true", "latch: true\n    breaks pause: true\n    re-alarm after: 1 min", StringComparison.Ordinal);

    private static readonly RuleSet Rules = TestRules.Compile(Text);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(7)]
    public void Restart_AtEverySecondOfAJournal_GivesTheSameEvents(int checkpointEverySeconds)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {Seed}");
        var cuts = new List<(int Second, string Where, MemoryDisk Disk)>();
        using var whole = Begin();
        for (var second = 0; second < Seconds; second++)
        {
            whole.Clock.Advance(TimeSpan.FromSeconds(1));
            AppendInputs(whole, second);
            cuts.Add((second, "inputs durable", whole.Disk.Copy()));
            whole.Consume();
            if (checkpointEverySeconds > 0 && second % checkpointEverySeconds == 0)
            {
                whole.Processor.SaveCheckpoint();
            }

            cuts.Add((second, "consumed", whole.Disk.Copy()));
            whole.Settle();
            if (second % 2 == 0)
            {
                cuts.Add((second, "settled", whole.Disk.Copy()));
            }

            // What was decided comes back as a record of its own, in the same second in every run.
            whole.Consume();
            whole.Settle();
            if (second % 2 == 1)
            {
                cuts.Add((second, "come back", whole.Disk.Copy()));
            }
        }

        var expected = Normalized(whole);
        var letters = whole.DeadLetters().Select(letter => letter.Reason).ToList();
        Assert.All(
            new[] { AlertState.Pending, AlertState.Active, AlertState.Clearing, AlertState.Latched, AlertState.Ended },
            state => Assert.Contains(expected, line => line.Contains($"\"state\":\"{AlertWords.Of(state)}\"", StringComparison.Ordinal)));
        Assert.True(expected.Count > 60, $"{expected.Count} events");
        Assert.True(letters.Count > 3);
        Assert.NotEmpty(whole.Ticks());

        var care = NormalizedCare(whole);
        Assert.All(
            new[] { CareChange.Paused, CareChange.Resumed, CareChange.StoodBy, CareChange.StandbyEnded, CareChange.LimitSet, CareChange.LimitEnded, CareChange.Discharged },
            change => Assert.Contains(care, line => line.Contains($"\"change\":\"{CareRecord.WordOf(change)}\"", StringComparison.Ordinal)));
        Assert.All(
            new[]
            {
                AlertChange.Acknowledged, AlertChange.Silenced, AlertChange.SilenceEnded, AlertChange.Held, AlertChange.Released, AlertChange.Announced, AlertChange.Rearmed,
            },
            change => Assert.Contains(expected, line => line.Contains($"\"change\":\"{AlertWords.Of(change)}\"", StringComparison.Ordinal)));

        foreach (var (second, where, disk) in cuts)
        {
            using var restarted = new TestGateway(disk, TestGateway.Start + TimeSpan.FromSeconds(second + 1), whole.Options);
            ComeBack(restarted);
            for (var next = second + 1; next < Seconds; next++)
            {
                restarted.Clock.Advance(TimeSpan.FromSeconds(1));
                AppendInputs(restarted, next);
                ComeBack(restarted);
            }

            Assert.True(expected.SequenceEqual(Normalized(restarted)), Difference(expected, Normalized(restarted), $"cut at {second} s, {where}"));
            Assert.Equal(letters, restarted.DeadLetters().Select(letter => letter.Reason));
            Assert.Equal(LedgerState(whole), LedgerState(restarted));
            Assert.Equal(care, NormalizedCare(restarted));
        }
    }

    [Fact]
    public void Restart_StateOfTheRulesUnreadable_AlertsStayUnverifiedUntilTheRulesKnowThemAgain()
    {
        using var gateway = AlertProcessorTests.Ward().Read("m1", "\"hr\":30,\"spo2\":86").Pass(6);
        gateway.Read("m2", "\"hr\":30").Pass(1).Read("m2", "\"hr\":60").Pass(1);
        gateway.Settle();
        var disk = gateway.Disk.Copy();
        foreach (var checkpoint in disk.ListFiles("/log/checkpoints").Where(file => file.StartsWith("rules-engine.", StringComparison.Ordinal)))
        {
            disk.DeleteFile("/log/checkpoints/" + checkpoint);
        }

        using var restarted = new TestGateway(disk, gateway.Clock.GetUtcNow());
        restarted.Consume();

        var alert = restarted.Ledger.Find("p1", "spo2-low")!;
        Assert.Equal((AlertState.Active, true, true), (alert.State, alert.Unverified, alert.Orphaned));
        Assert.Equal(AlertState.Latched, restarted.Ledger.Find("p2", "heart-rate-very-low")!.State);

        // The rules find the condition again: the same episode goes on.
        restarted.Read("m1", "\"spo2\":85");
        Assert.Equal((AlertState.Active, false, alert.Episode), (restarted.Ledger.Find("p1", "spo2-low")!.State, restarted.Ledger.Find("p1", "spo2-low")!.Orphaned, restarted.Ledger.Find("p1", "spo2-low")!.Episode));
        restarted.Pass(6).Read("m1", "\"spo2\":95").Pass(4);
        Assert.Null(restarted.Ledger.Find("p1", "spo2-low"));

        // One that they do not find is a person's to end.
        Assert.True(restarted.Ledger.Find("p1", "heart-rate-very-low")!.Orphaned);
        restarted.Acknowledge("p1", "heart-rate-very-low");
        Assert.Null(restarted.Ledger.Find("p1", "heart-rate-very-low"));

        // A second start finds a saved state and changes nothing.
        var events = restarted.Events().Count;
        using var again = restarted.Crash();
        again.Consume();
        Assert.Equal(events, again.Events().Count);
    }

    [Fact]
    public void Restart_AfterAnOutage_SaysSoOnceAndMissingCountsFromTheStart()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Load(TestRules.WithMissing).Read("m1", "\"hr\":60,\"spo2\":95").Read("m2", "\"hr\":60,\"spo2\":95");
        gateway.Settle();
        var before = gateway.Events().Count;
        var missingAfter = TestRules.WithMissing.Catalogue.Find("spo2")!.MissingAfter!.Value;

        using var restarted = gateway.Crash(downFor: TimeSpan.FromMinutes(30));
        restarted.Consume().Pass(5);

        var outage = restarted.Events().Skip(before).ToList();
        Assert.Equal(["gateway-was-down", "gateway-was-down"], outage.Select(happened => happened.Status.Slug));
        Assert.Equal([AlertState.Active, AlertState.Ended], outage.Select(happened => happened.Status.State));
        Assert.Contains("from 2026-11-22T12:00:00.000Z to 2026-11-22T12:30:00.000Z", outage[0].Status.Message, StringComparison.Ordinal);

        // Restarted again within the time in which nothing may be missing: the start still counts.
        using var again = restarted.Crash();
        again.Consume();
        again.Read("m2", "\"spo2\":95").Pass((int)missingAfter.TotalSeconds + 5);
        var missing = again.Events().First(happened => happened.Status is { Slug: "spo2-not-measured", Patient: "p1", State: AlertState.Active });
        Assert.True(missing.Time >= Instant.From(TestGateway.Start + TimeSpan.FromMinutes(30)) + missingAfter, missing.Time.ToString());
        Assert.Equal(2, again.Events().Count(happened => happened.Status.Slug == "gateway-was-down"));
    }

    [Fact]
    public void Restart_BacklogOfTheDowntime_IsRecordedAtEventTime()
    {
        using var gateway = AlertProcessorTests.Ward();
        gateway.Settle();

        // The broker takes readings while the rules do not run.
        var start = gateway.Now;
        for (var second = 0; second < 20; second++)
        {
            gateway.Append(RecordKind.Reading, DeviceTopic.Vitals("m1"), TestGateway.PublishBody("m1", $$"""{"ts":{{gateway.Now.UnixMilliseconds}},"spo2":{{(second < 10 ? 80 : 95)}}}"""));
            gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        using var restarted = gateway.Crash(downFor: TimeSpan.FromMinutes(1));
        restarted.Consume();

        var events = restarted.Events().Where(happened => happened.Status.Slug == "spo2-low").ToList();
        Assert.Equal([AlertState.Pending, AlertState.Active, AlertState.Clearing, AlertState.Ended], events.Select(happened => happened.Status.State));
        Assert.Equal([0, 5, 10, 13], events.Select(happened => (happened.Time - start).TotalSeconds));
    }

    private static void ComeBack(TestGateway gateway)
    {
        gateway.Consume();
        gateway.Settle();
        gateway.Consume();
        gateway.Settle();
    }

    private static TestGateway Begin()
    {
        var gateway = new TestGateway(options: new AlertServiceOptions { OutageAfter = TimeSpan.FromHours(1) });
        gateway.Append(RecordKind.RuleSet, null, RuleSetRecord.Of(Rules).Write());
        gateway.Append(RecordKind.Census, null, new CensusRecord(gateway.Now, Beds(moved: false)).Write());
        return gateway;
    }

    /// <summary>The journal: what happens in one second. Depends on the second and on the alerts that stand, on nothing else.</summary>
    private static void AppendInputs(TestGateway gateway, int second)
    {
        var random = new Random(Seed + second);
        var low = second / 8 % 2 == 0;
        foreach (var device in new[] { "m1", "m2", "x9" })
        {
            if (random.Next(6) == 0)
            {
                continue;
            }

            var heart = random.Next(4) == 0 ? 30 : 60;
            var oxygen = low && random.Next(8) > 0 ? 80 + random.Next(5) : 90 + random.Next(8);
            var measured = gateway.Now.UnixMilliseconds - random.Next(300);
            gateway.Append(
                RecordKind.Reading, DeviceTopic.Vitals(device), TestGateway.PublishBody(device, $$$"""{"ts":{{{measured}}},"values":{"hr":{{{heart}}},"spo2":{{{oxygen}}}}}"""));
        }

        // One whose condition persists, so that it calls again.
        gateway.Append(RecordKind.Reading, DeviceTopic.Vitals("m4"), TestGateway.PublishBody("m4", $$"""{"ts":{{gateway.Now.UnixMilliseconds}},"hr":30}"""));
        if (second == 5)
        {
            var persists = gateway.Ledger.Find("p4", "heart-rate-very-low")!;
            gateway.Append(
                RecordKind.Acknowledgement, AlertTopics.Acknowledge("ICU", "p4", persists.Slug), TestGateway.PublishBody("nurse-1", $$"""{"episode":"{{persists.Episode}}"}"""));
        }

        if (second % 9 == 4)
        {
            gateway.Append(RecordKind.Reading, DeviceTopic.Vitals("m1"), TestGateway.PublishBody("m1", "{\"nothing\":" + second + "}"));
        }

        if (second % 5 == 3 && gateway.Ledger.Alerts.FirstOrDefault(alert => alert.State != AlertState.Pending && alert.Acknowledgement is null) is { } alert)
        {
            var payload = $$"""{"episode":"{{alert.Episode}}","note":"seen at {{second}}"}""";
            gateway.Append(RecordKind.Acknowledgement, AlertTopics.Acknowledge(alert.Ward, alert.Patient, alert.Slug), TestGateway.PublishBody("nurse-1", payload));
        }

        foreach (var order in Orders(gateway, second))
        {
            gateway.Append(RecordKind.Order, OrderRecord.TopicOf(order), new OrderRecord("nurse-2", null, order).Write());
        }

        AppendObservation(gateway, second);
        switch (second)
        {
            case 20:
                gateway.Append(RecordKind.Census, null, new CensusRecord(gateway.Now, Beds(moved: true)).Write());
                break;
            case 30:
                var shorter = TestRules.Compile(Text.Replace("for: 5 s", "for: 2 s", StringComparison.Ordinal));
                gateway.Append(RecordKind.RuleSet, null, RuleSetRecord.Of(shorter).Write());
                break;
            case 40:
                gateway.Append(RecordKind.DeviceStatus, DeviceTopic.Status("m1"), TestGateway.PublishBody("m1", """{"state":"offline"}"""));
                break;
        }
    }

    /// <summary>Depends on the second and on the alerts that stand, on nothing else.</summary>
    private static IEnumerable<Order> Orders(TestGateway gateway, int second)
    {
        if (second % 7 == 2 && gateway.Ledger.Alerts.LastOrDefault(alert => alert.State != AlertState.Pending) is { } alert)
        {
            yield return new SilenceAlert(alert.Id, alert.Episode, TimeSpan.FromSeconds(4 + (second % 3)), $"at {second}");
        }

        switch (second)
        {
            case 6:
                yield return new SetLimit("p1", "spo2_low", 86, TimeSpan.FromHours(1), "chronic");
                break;
            case 8 or 33:
                yield return new PausePatient(second == 8 ? "p1" : "p3", TimeSpan.FromMinutes(2));
                break;
            case 12:
                yield return new SilenceWard("ICU", AlertKind.Physiological, TimeSpan.FromSeconds(5), "round");
                yield return new SetLimit("p2", "spo2_low", 85, TimeSpan.FromHours(1), "chronic");
                break;
            case 15 or 38:
                yield return new ResumePatient(second == 15 ? "p1" : "p3");
                break;
            case 24:
                yield return new ClearLimit("p1", "spo2_low");
                yield return new StandBy("x9", TimeSpan.FromMinutes(1), "away");
                break;
            case 40:
                yield return new EndStandby("x9");
                break;
            case 45:
                yield return new SetLimit("p1", "hr_very_low", 50, TimeSpan.FromMinutes(5), "a limit that the rules do not have");
                yield return new StandBy("p1", TimeSpan.FromMinutes(2), "theatre");
                break;
        }
    }

    /// <summary>Two observations: one is corrected to another value and time, one is taken back.</summary>
    private static void AppendObservation(TestGateway gateway, int second)
    {
        var at = Instant.From(TestGateway.Start);
        var record = second switch
        {
            12 => Of("o1", "p1", at + TimeSpan.FromSeconds(10), 35, revision: 1, before: null),
            17 => Of("o1", "p1", at + TimeSpan.FromSeconds(17), 70, revision: 2, before: (at + TimeSpan.FromSeconds(10), 35)),
            33 => Of("o2", "p3", at + TimeSpan.FromSeconds(33), 30, revision: 1, before: null),
            34 => Of("o2", "p3", at + TimeSpan.FromSeconds(33), 30, revision: 2, before: (at + TimeSpan.FromSeconds(33), 30), retracted: "wrong"),
            _ => null,
        };
        if (record is not null)
        {
            gateway.Append(RecordKind.Observation, ObservationTopic.Of(record.Observation.Patient), record.Write());
        }

        ObservationRecord Of(string id, string patient, Instant taken, double value, int revision, (Instant Taken, double Value)? before, string? retracted = null) => new(
            new Observation(id, patient, taken, "nurse-1", [new ObservedValue("hr", value)], "") { Revision = revision, Recorded = gateway.Now, Retracted = retracted },
            "ICU",
            "",
            before is { } was ? new ObservationVersion(was.Taken, "ICU", "", [new ObservedValue("hr", was.Value)]) : null);
    }

    private static WardCensus Beds(bool moved) => new([
        TestGateway.Bed("ICU-1", "p1", moved ? "Dialysis" : "ICU", devices: ["m1"]),
        TestGateway.Bed("ICU-2", moved ? "p3" : "p2", devices: ["m2"]),
        TestGateway.Bed("ICU-4", "p4", devices: ["m4"])]);

    // Where inputs stand in the log differs: after a power failure the log goes on in a new segment.
    private static List<string> Normalized(TestGateway gateway) =>
        [.. gateway.Events().Select(happened => Encoding.UTF8.GetString(AlertEventRecord.Write(happened with { Input = new LogPosition(0) })))];

    private static List<string> NormalizedCare(TestGateway gateway) =>
        [.. gateway.CareEvents().Select(happened => Encoding.UTF8.GetString(CareRecord.Write(happened with { Input = new LogPosition(0) })))];

    private static List<AlertStatus> LedgerState(TestGateway gateway) => [.. gateway.Ledger.Alerts];

    private static string Difference(List<string> expected, List<string> actual, string where)
    {
        var at = expected.Zip(actual).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"{where}: event {at} of {expected.Count}/{actual.Count} differs.\nexpected {expected.ElementAtOrDefault(at)}\nactual   {actual.ElementAtOrDefault(at)}";
    }
}
