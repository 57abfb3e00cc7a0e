using System.Buffers;
using System.Text;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Tests.Care;

public sealed class CareLedgerTests
{
    private readonly CareLedger _ledger = new();
    private readonly List<CareEvent> _events = [];

    [Fact]
    public void Changes_AllOfThem_AreRecordsFromWhichTheLedgerFollows()
    {
        _ledger.Pause("p1", new CarePause("n1", At(0), At(5)), Because(0, "pause"), _events);
        _ledger.SetLimit("p1", Limit("spo2_low", 85, 60), Because(1, "limit"), _events);
        _ledger.SetLimit("p1", Limit("hr_high", 140, 30), Because(2, "limit"), _events);
        _ledger.Resume("p1", Because(5, "over"), _events);
        _ledger.StandBy("p2", new Standby("n2", "theatre", At(6), At(60)), Because(6, "theatre"), _events);
        _ledger.NoteSeen("p3", Because(7, "seen"), _events);
        _ledger.SetLimit("p1", Limit("spo2_low", 82, 90), Because(8, "lower"), _events);
        _ledger.EndLimit("p1", "hr_high", Because(9, "back"), _events);
        _ledger.EndStandby("p2", Because(10, "back"), _events);
        _ledger.Discharge("p1", Because(11, "gone"), _events);

        Assert.Equal(
            [
                CareChange.Paused, CareChange.LimitSet, CareChange.LimitSet, CareChange.Resumed, CareChange.StoodBy, CareChange.NoteSeen, CareChange.LimitSet,
                CareChange.LimitEnded, CareChange.StandbyEnded, CareChange.Discharged,
            ],
            _events.Select(happened => happened.Change));
        Assert.Equal(["hr_high", "spo2_low"], _events[2].Care.Limits.Select(limit => limit.Limit));
        Assert.Equal(82, Assert.Single(_events[7].Care.Limits).Value);
        Assert.Empty(_ledger.Patients);

        // At every step: the records alone give the same state, and so does the checkpoint.
        var follower = new CareLedger();
        var states = new List<string>();
        foreach (var happened in _events)
        {
            follower.Apply(CareRecord.Read(CareRecord.Write(happened)));
            var loaded = new CareLedger();
            loaded.Load(Saved(follower));
            Assert.Equal(Saved(follower), Saved(loaded));
            Assert.Equal(happened.Care.Limits.Length, loaded.Of(happened.Patient).Limits.Length);
            Assert.Equal((happened.Care.Pause, happened.Care.Standby), (loaded.Of(happened.Patient).Pause, loaded.Of(happened.Patient).Standby));
            states.Add(Encoding.UTF8.GetString(Saved(follower)));
        }

        Assert.Equal(Saved(_ledger), Saved(follower));
        Assert.Equal(states.Count, states.Distinct().Count());
    }

    [Fact]
    public void Changes_OfWhatIsNot_GiveNothing()
    {
        _ledger.Resume("p1", Because(0, ""), _events);
        _ledger.EndStandby("p1", Because(0, ""), _events);
        _ledger.EndLimit("p1", "x", Because(0, ""), _events);
        _ledger.Discharge("p1", Because(0, ""), _events);
        Assert.Empty(_events);
        Assert.Null(_ledger.NextDue);
    }

    [Fact]
    public void NextDue_SeveralTimes_IsTheEarliest()
    {
        _ledger.SetLimit("p1", Limit("spo2_low", 85, 60), Because(1, "limit"), _events);
        _ledger.StandBy("p2", new Standby("n2", "theatre", At(6), At(60)), Because(6, "theatre"), _events);
        _ledger.Pause("p3", new CarePause("n1", At(0), At(5)), Because(0, "pause"), _events);
        Assert.Equal((At(5), "p3", CareChange.Resumed, ""), _ledger.NextDue);
        _ledger.Resume("p3", Because(5, "over"), _events);
        Assert.Equal((At(60), "p1", CareChange.LimitEnded, "spo2_low"), _ledger.NextDue);
    }

    [Fact]
    public void Apply_AGap_IsRefused()
    {
        _ledger.Pause("p1", new CarePause("n1", At(0), At(5)), Because(0, "pause"), _events);
        Assert.Throws<InvalidDataException>(() => _ledger.Apply(_events[0] with { Number = 3 }));
    }

    [Theory]
    [InlineData("", "no JSON of its form")]
    [InlineData("{}", "no JSON of its form")]
    [InlineData("{\"v\":2,\"change\":\"paused\",\"patient\":\"p\",\"ward\":\"\",\"bed\":\"\",\"why\":\"\"}", "version 2")]
    [InlineData("{\"v\":1,\"change\":\"danced\",\"patient\":\"p\",\"ward\":\"\",\"bed\":\"\",\"why\":\"\"}", "'danced'")]
    [InlineData("{\"v\":1,\"change\":\"paused\",\"patient\":\"p\",\"ward\":\"\",\"bed\":\"\",\"why\":\"\",\"pauseBy\":\"n\"}", "leaves out a time")]
    public void Read_NoChange_IsRefused(string body, string why) =>
        Assert.Contains(why, Assert.Throws<InvalidDataException>(() => CareRecord.Read(Encoding.UTF8.GetBytes(body))).Message, StringComparison.Ordinal);

    private static Instant At(int minutes) => new(minutes * 60_000L);

    private static BedsideLimit Limit(string name, double value, int until) => new(name, value, "n1", "chronic", At(1), At(until));

    private static CareCause Because(int minutes, string why) =>
        new(At(minutes), new AlertPlace("ICU", "ICU-1"), "n1", why, new AlertContext(new LogPosition(100 + minutes), At(minutes), "rules-1"));

    private static byte[] Saved(CareLedger ledger)
    {
        var state = new ArrayBufferWriter<byte>();
        ledger.Save(state);
        return state.WrittenSpan.ToArray();
    }
}
