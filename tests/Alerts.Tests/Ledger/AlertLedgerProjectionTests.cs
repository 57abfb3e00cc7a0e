using System.Text;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Ledger;

/// <summary>The ledger's state follows from the events alone, and the events survive their written form.</summary>
public sealed class AlertLedgerProjectionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Apply_EventsOfARandomLife_GivesTheSameState(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var fixture = new LedgerFixture();
        for (var step = 0; step < 2_000; step++)
        {
            Step(fixture, random, step);
        }

        var rebuilt = new AlertLedger();
        foreach (var happened in fixture.Events)
        {
            rebuilt.Apply(new LogRecord
            {
                Position = new LogPosition(1),
                Kind = RecordKind.AlertEvent,
                Topic = null,
                Sequence = 1,
                TimeUnixMilliseconds = 0,
                Body = AlertEventRecord.Write(happened),
            });
        }

        Assert.True(fixture.Events.Count > AlertLedger.RecentEventsAtMost);
        Assert.Equal(LedgerFixture.Saved(fixture.Ledger), LedgerFixture.Saved(rebuilt));
        Assert.Equal(fixture.Ledger.Alerts, rebuilt.Alerts);

        var loaded = (AlertLedger)rebuilt.CreateEmpty();
        loaded.Load(LedgerFixture.Saved(rebuilt));
        Assert.Equal(LedgerFixture.Saved(rebuilt), LedgerFixture.Saved(loaded));
        Assert.Equal(fixture.Events.Count, loaded.Version);
    }

    [Fact]
    public void Episodes_OfALongLife_AreUniqueAndEachBeginsOnce()
    {
        var fixture = new LedgerFixture();
        var random = new Random(7);
        for (var step = 0; step < 2_000; step++)
        {
            Step(fixture, random, step);
        }

        var beginnings = fixture.Events.Where(happened => happened.Previous == AlertState.Unknown).Select(happened => happened.Status.Episode).ToList();
        Assert.True(beginnings.Count > 50);
        Assert.Equal(beginnings.Count, beginnings.Distinct().Count());
    }

    [Fact]
    public void Apply_EventOfAnotherLog_IsRefused()
    {
        var fixture = new LedgerFixture().Reach(AlertState.Active);

        Assert.Throws<InvalidDataException>(() => new AlertLedger().Apply(fixture.Events[1]));
    }

    [Fact]
    public void Write_Event_HasTheFormThatIsDrawn()
    {
        var fixture = new LedgerFixture().Take(AlertState.Active, time: 1_700_000_015_000);

        Assert.Equal(
            """
            {"v":1,"number":1,"episodeNumber":1,"change":"entered","previous":"none","time":1700000015000,"recorded":5,"input":100,"id":"p1:spo2-low","episode":"1hf7yb8mr-1","alert":"SpO2 low","slug":"spo2-low","patient":"p1","ward":"ICU","bed":"ICU-1","priority":"medium","kind":"physiological","state":"active","changed":1700000015000,"value":"86 %","limit":"88 %","message":"SpO2 86 %, limit 88 %","reason":"SpO2 86 % < limit 88 %","ruleSet":"rules-1"}
            """,
            Encoding.UTF8.GetString(AlertEventRecord.Write(fixture.Events[0])));
    }

    [Fact]
    public void Read_EveryField_ComesBack()
    {
        var fixture = new LedgerFixture().Take(AlertState.Active, latch: true, unverified: true, priority: AlertPriority.High);
        fixture.Acknowledge(by: "nurse \"ä\" <1>", note: "two\tlines");
        fixture.Ledger.Move(LedgerFixture.Patient, new AlertPlace("Dialysis", "D-4"), new Instant(50), fixture.Context(), fixture.Events);
        fixture.Ledger.Orphan(LedgerFixture.Patient, new Instant(60), "begin anew", fixture.Context(), fixture.Events);

        Assert.All(fixture.Events, happened => Assert.Equal(happened, AlertEventRecord.Read(AlertEventRecord.Write(happened))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("{\"v\":1}")]
    public void Read_NoEvent_IsInvalidData(string body) =>
        Assert.Throws<InvalidDataException>(() => AlertEventRecord.Read(Encoding.UTF8.GetBytes(body)));

    [Fact]
    public void Read_LaterVersion_IsRefused()
    {
        var fixture = new LedgerFixture().Take(AlertState.Active);
        var body = Encoding.UTF8.GetString(AlertEventRecord.Write(fixture.Events[0])).Replace("\"v\":1", "\"v\":2", StringComparison.Ordinal);

        Assert.Contains("version 2", Assert.Throws<InvalidDataException>(() => AlertEventRecord.Read(Encoding.UTF8.GetBytes(body))).Message, StringComparison.Ordinal);
    }

    private static void Step(LedgerFixture fixture, Random random, int step)
    {
        var patient = random.Next(3) == 0 ? "p2" : LedgerFixture.Patient;
        switch (random.Next(12))
        {
            case 0 when fixture.Status is not null:
                fixture.Acknowledge(time: step);
                break;
            case 1:
                fixture.Ledger.Orphan(patient, new Instant(step), "begin anew", fixture.Context(), fixture.Events);
                break;
            case 2:
                fixture.Ledger.Move(patient, new AlertPlace("ward-" + random.Next(3), "bed"), new Instant(step), fixture.Context(), fixture.Events);
                break;
            case 3 when random.Next(4) == 0:
                fixture.Ledger.EndAll(patient, new Instant(step), "gone", fixture.Context(), fixture.Events);
                break;
            default:
                fixture.Take(
                    (AlertState)random.Next(1, 4) is var state && random.Next(4) == 0 ? AlertState.Ended : state,
                    step,
                    latch: random.Next(2) == 0,
                    (AlertPriority)random.Next(1, 4),
                    unverified: random.Next(5) == 0,
                    patient);
                break;
        }
    }
}
