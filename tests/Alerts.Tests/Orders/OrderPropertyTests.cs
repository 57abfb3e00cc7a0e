using System.Buffers;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Orders;

/// <summary>
/// Goal: whatever people order while alerts come and go, no alert is lost, what calls is held by nothing, and whatever holds ends by its time. Method:
/// random readings, orders, acknowledgements, transfers, reloads, waits and restarts; after each step what always holds is looked at, and after each
/// restart the state is the same, byte for byte.
/// </summary>
public sealed class OrderPropertyTests
{
    private const int Steps = 120;

    // How far the time of the rules may be behind the clock: the allowance, and a tick.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(3);

    // One of them is not allowed.
    private static readonly int[] Pauses = [2, 5, 10, 3];

    private static readonly string Text = """
        version: 1
        population: adults
        limits: { spo2_low: { value: 88, allowed: 80 to 94 } }
        rules:
          - alert: SpO2 low
            levels: { medium: { when: spo2 < limit spo2_low, for: 3 s }, high: { when: spo2 < 75 } }
            clear after: 2 s
            breaks pause: true
            re-alarm after: 1 min
            message: "{spo2}"
          - { alert: Heart rate low, when: hr < 40, latch: true, priority: medium, suppressed by: SpO2 low, re-alarm after: 2 min, message: "{hr}" }
          - { alert: SpO2 not measured, kind: technical, when: spo2 is missing, priority: low, re-alarm after: never, message: "none" }
          - { alert: Tried, when: hr < 60, shadow: true, priority: high, breaks pause: true, message: "{hr}" }
        """;

    private static readonly RuleSet[] RuleSets =
    [
        TestRules.Compile(Text),
        TestRules.Compile(Text.Replace("80 to 94", "85 to 94", StringComparison.Ordinal)),
        TestRules.Compile(Text.Replace("shadow: true, ", "", StringComparison.Ordinal).Replace("latch: true, ", "", StringComparison.Ordinal)),
    ];

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 8)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Orders_RandomStory_KeepWhatAlwaysHolds(int seed)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var gateway = new TestGateway(options: new AlertServiceOptions { OutageAfter = TimeSpan.FromHours(1) }).Load(RuleSets[0]).Admit(Beds(random));
        try
        {
            for (var step = 0; step < Steps; step++)
            {
                var what = Act(gateway, random);
                gateway.Settle();
                gateway.Consume();
                gateway.Settle();
                Check(gateway, $"seed {seed}, step {step}, {what}");
                if (random.Next(10) == 0)
                {
                    gateway = Restart(gateway, random, $"seed {seed}, step {step}");
                }
            }

            CheckEvents(gateway, $"seed {seed}");
        }
        finally
        {
            gateway.Dispose();
        }
    }

    private static string Act(TestGateway gateway, Random random)
    {
        var patient = random.Next(8) == 0 ? "nobody" : $"p{1 + random.Next(3)}";
        var shown = gateway.Ledger.Alerts.Where(alert => !alert.Shadow && alert.State != AlertState.Pending).ToList();
        var alert = shown.Count == 0 ? null : shown[random.Next(shown.Count)];
        switch (random.Next(12))
        {
            case 0 or 1 or 2 or 3:
                var device = $"m{1 + random.Next(3)}";
                gateway.Read(device, $"\"hr\":{30 + random.Next(40)},\"spo2\":{70 + random.Next(30)}");
                return $"reading of {device}";
            case 4 or 5:
                var seconds = 1 + random.Next(20);
                gateway.Pass(seconds);
                return $"{seconds} s pass";
            case 6:
                gateway.Clock.Advance(TimeSpan.FromMinutes(random.Next(20)));
                gateway.Consume();
                return "minutes pass at once";
            case 7 when alert is not null:
                gateway.Acknowledge(alert.Patient, alert.Slug);
                return $"{alert.Id} acknowledged";
            case 8 when alert is not null:
                Order silence = random.Next(4) switch
                {
                    0 => new EndSilence(alert.Id, alert.Episode),
                    1 => new SilenceWard(alert.Ward, alert.Kind, Span(random, 20), "round"),
                    _ => new SilenceAlert(alert.Id, alert.Episode, Span(random, 6), "moving"),
                };
                return $"{silence}: {gateway.Give(silence)}";
            case 9:
                gateway.Load(RuleSets[random.Next(RuleSets.Length)]);
                return "rules";
            case 10 when random.Next(3) == 0:
                gateway.Admit(Beds(random));
                return "census";
            default:
                Order order = random.Next(9) switch
                {
                    0 or 1 => new PausePatient(patient, TimeSpan.FromMinutes(Pauses[random.Next(Pauses.Length)])),
                    2 => new ResumePatient(patient),
                    3 => new StandBy(patient, Span(random, 10), "theatre"),
                    4 => new EndStandby(patient),
                    5 or 6 => new SetLimit(patient, "spo2_low", 76 + random.Next(20), Span(random, 15), "chronic"),
                    7 => new ClearLimit(patient, "spo2_low"),
                    _ => new NoteSeen(patient),
                };
                return $"{order}: {gateway.Give(order)}";
        }
    }

    private static TestGateway Restart(TestGateway gateway, Random random, string where)
    {
        if (random.Next(2) == 0)
        {
            gateway.Processor.SaveCheckpoint();
        }

        gateway.Settle();
        var (alerts, care) = (Saved(gateway.Ledger.Save), Saved(gateway.Care.Save));
        var restarted = gateway.Crash();
        Assert.True(alerts.AsSpan().SequenceEqual(Saved(restarted.Ledger.Save)), where + ": the alerts differ");
        Assert.True(care.AsSpan().SequenceEqual(Saved(restarted.Care.Save)), where + ": the care differs");
        Assert.Equal(gateway.Processor.Host.LastRecorded, restarted.Processor.Host.LastRecorded);
        Assert.Equal(Told(gateway), Told(restarted));
        gateway.Dispose();
        restarted.Consume();
        return restarted;

        static IEnumerable<string> Told(TestGateway gateway) => gateway.Processor.Host.Patients.Select(One).Order(StringComparer.Ordinal);

        static string One(Alerts.Processing.PatientState patient) =>
            $"{patient.Profile.Patient} {patient.Place} {string.Join(',', patient.Profile.Monitored)} {string.Join(',', patient.Profile.Limits)}";
    }

    private static void Check(TestGateway gateway, string where)
    {
        var now = gateway.Now;
        foreach (var alert in gateway.Ledger.Alerts)
        {
            var shown = !alert.Shadow && alert.State != AlertState.Pending;
            Assert.True(alert.Hold == (shown ? gateway.Care.Of(alert.Patient).Hold : PatientHold.None), $"{where}: {alert.Id} is held by {alert.Hold}");
            Assert.True(alert.Silence is null || alert.Silence.Until > now - Slack, $"{where}: the silence of {alert.Id} does not end");
            Assert.True(alert.Silence is null || alert.Silence.Until - alert.Silence.At <= SilenceLimits.AtMost(alert.Priority, alert.Kind), $"{where}: {alert.Id} is silenced for too long");
            Assert.True(alert.ReAlarmAt is null || alert.ReAlarmAt > now - Slack, $"{where}: {alert.Id} does not call again");
            Assert.True(alert.ReAlarmAt is null || alert.Acknowledgement is not null, where);
        }

        foreach (var (patient, care) in gateway.Care.Patients)
        {
            Assert.True(care.Pause is null || care.Pause.Until > now - Slack, $"{where}: the pause of {patient} does not end");
            Assert.True(care.Standby is null || care.Standby.Until > now - Slack, $"{where}: the standby of {patient} does not end");
            Assert.True(care is not { Pause: not null, Standby: not null }, where);
            Assert.All(care.Limits, limit => Assert.True(limit.Until > now - Slack, $"{where}: a limit of {patient} does not end"));
            Assert.All(care.Limits, limit => Assert.True(gateway.Processor.Host.Rules!.AllowedFor(limit.Limit) is { } range && limit.Value >= range.Lowest && limit.Value <= range.Highest, where));
            Assert.True(
                care.Pause is null || !gateway.Ledger.AlertsOf(patient).Any(alert => alert is { Priority: AlertPriority.High, State: AlertState.Active, Shadow: false, Suppressed: false }),
                $"{where}: a pause of {patient} beside a severe alert");

            // What was decided has come to the rules by now.
            var profile = gateway.Processor.Host.FindPatient(patient)!.Profile;
            Assert.Equal(care.Limits.Select(limit => limit.Value), profile.Limits.Select(limit => limit.Value));
            Assert.True(care.Standby is null || profile.Monitored.IsEmpty, where);
        }
    }

    /// <summary>Every episode ends or stands; every call is announced; the records alone give the ledgers.</summary>
    private static void CheckEvents(TestGateway gateway, string where)
    {
        var (alerts, care) = (new AlertLedger(), new CareLedger());
        var last = new Dictionary<long, AlertEvent>();
        foreach (var happened in gateway.Events())
        {
            alerts.Apply(happened);
            var before = last.GetValueOrDefault(happened.EpisodeNumber);
            Assert.Equal(before?.Status.State ?? AlertState.Unknown, happened.Previous);
            Assert.True(before?.Status.State != AlertState.Ended, $"{where}: {happened.Status.Id} goes on after its end");
            Assert.True(
                happened.Change is AlertChange.Entered or AlertChange.Updated or AlertChange.Announced ? happened.Status.Reason.Length > 0 : happened.Why.Length > 0,
                $"{where}: nothing says why {happened.Status.Id} is {happened.Change}");
            if (before is { Status: { Calls: false, Acknowledgement: null } was } && was.State == happened.Status.State && happened.Status is { Calls: true, State: not AlertState.Clearing })
            {
                Assert.True(happened.Change == AlertChange.Announced, $"{where}: {happened.Status.Id} calls without a word");
            }

            last[happened.EpisodeNumber] = happened;
        }

        gateway.CareEvents().ForEach(care.Apply);
        Assert.Equal(Saved(gateway.Ledger.Save), Saved(alerts.Save));
        Assert.Equal(Saved(gateway.Care.Save), Saved(care.Save));
        Assert.Equal(
            last.Values.Where(happened => happened.Status.State != AlertState.Ended).Select(happened => happened.Status.Episode).Order(StringComparer.Ordinal),
            gateway.Ledger.Alerts.Select(alert => alert.Episode).Order(StringComparer.Ordinal));
        Assert.True(last.Count > 5, $"{where}: {last.Count} episodes");
    }

    private static Bed[] Beds(Random random) =>
    [
        TestGateway.Bed("ICU-1", "p1", random.Next(2) == 0 ? "ICU" : "Dialysis", devices: ["m1"], monitored: ["spo2"]),
        TestGateway.Bed("ICU-2", random.Next(3) == 0 ? null : "p2", devices: ["m2"], monitored: ["spo2"]),
        TestGateway.Bed("ICU-3", random.Next(3) == 0 ? null : "p3", devices: ["m3"]),
    ];

    private static TimeSpan Span(Random random, int minutesAtMost) => TimeSpan.FromSeconds(random.Next(minutesAtMost * 60));

    private static byte[] Saved(Action<IBufferWriter<byte>> save)
    {
        var state = new ArrayBufferWriter<byte>();
        save(state);
        return state.WrittenSpan.ToArray();
    }
}
