using System.Text;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Ledger;

/// <summary>
/// What <c>rules test</c> says of an alert is what the ledger makes of it: random courses with random acknowledgements go through engine and ledger, and
/// what the ledger holds at every second is then expected in a scenario.
/// </summary>
public sealed class ScenarioAgreementTests
{
    private const int Seconds = 120;

    private static readonly RuleSet Rules = TestRules.Compile("""
        version: 1
        population: adults
        rules:
          - alert: Steps
            levels: { medium: { when: hr > 120, for: 2 s }, high: { when: hr > 150 } }
            clear after: 1 s
            latch: true
            re-alarm after: 1 min
            suppressed by: SpO2 low
            message: "{hr}"
          - { alert: Goes, when: hr > 100, for: 3 s, priority: low, re-alarm after: 1 min, message: "{hr}" }
          - { alert: Tried, when: hr > 120, latch: true, shadow: true, priority: low, message: "{hr}" }
          - { alert: SpO2 low, when: spo2 < 88, latch: true, priority: medium, message: "{spo2}" }
        """);

    public static TheoryData<int> Seeds() => [.. Enumerable.Range(1, 40)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Run_WhateverTheLedgerHolds_IsMet(int seed)
    {
        var scenario = Told(new Random(seed));
        var report = ScenarioTests.Run(Rules, [new RuleFile("x.test.yaml", scenario)]);
        var text = new StringWriter();
        report.Write(text);
        Assert.True(report.IsPassed, $"seed {seed}\n{text}\n{scenario}");
    }

    [Fact]
    public void Told_AllSeeds_MeetEveryStateOfTheLedger()
    {
        var all = string.Concat(Enumerable.Range(1, 40).Select(seed => Told(new Random(seed))));
        Assert.All(["latched: Steps", "latched: SpO2 low", "pending: Steps", "priority: high", "suppressed: true", "acknowledge:", "re-alarmed: Steps", "re-alarmed: Goes"], words => Assert.Contains(words, all, StringComparison.Ordinal));
    }

    /// <summary>Plays a random story and writes it down as a scenario with all that the ledger held.</summary>
    private static string Told(Random random)
    {
        var engine = new RuleEngine();
        var ledger = new AlertLedger();
        var transitions = new List<AlertTransition>();
        var events = new List<AlertEvent>();
        var policies = new AlertPolicies(_ => PatientHold.None);
        policies.Follow(Rules.Rules);
        var context = new AlertContext(new LogPosition(1), new Instant(0), "r") { Policies = policies };
        engine.Load(Rules, new Instant(0), transitions);
        var handle = engine.SetPatient(new PatientProfile("p1", "", [], []) { Population = Population.Adult }, new Instant(0), transitions);
        var (hr, spo2) = (Values(random, 90, 130, 160), Values(random, 95, 85));
        var (acknowledged, expected) = (new StringBuilder(), new StringBuilder());
        for (var second = 0; second <= Seconds; second++)
        {
            var time = new Instant(second * 1000L);
            engine.Ingest(handle, Reading(time, hr[second], spo2[second]), transitions);
            engine.Advance(time, transitions);
            transitions.ForEach(transition => ledger.Take(transition, new AlertPlace("", ""), context, events));
            transitions.Clear();
            var known = events.Count;
            ledger.FireDue(time, context, events);
            foreach (var again in events.Skip(known))
            {
                Assert.Equal((AlertChange.Rearmed, time), (again.Change, again.Time));
                expected.Append(null, $"  - {{ re-alarmed: {again.Status.Alert}, at: {second} s }}\n");
            }

            foreach (var rule in Rules.Rules)
            {
                if (random.Next(12) == 0 && ledger.Find("p1", rule.Slug) is { } standing
                    && ledger.Acknowledge("p1", rule.Slug, standing.Episode, seen: null, new Acknowledgement("nurse", time, ""), context, events) == AcknowledgeResult.Acknowledged)
                {
                    acknowledged.Append(null, $"  - {{ alert: {rule.Name}, at: {second} s }}\n");
                }

                expected.Append(null, $"  - {Expectation(rule, ledger.Find("p1", rule.Slug))}, at: {second} s }}\n");
            }
        }

        return $"scenario: X\nmonitored: []\ngiven:\n  hr: {Course(hr)}\n  spo2: {Course(spo2)}\n"
            + (acknowledged.Length == 0 ? "" : $"acknowledge:\n{acknowledged}") + $"expect:\n{expected}";
    }

    private static string Expectation(AlertRule rule, AlertStatus? status) => status?.State switch
    {
        AlertState.Active or AlertState.Clearing =>
            $"{{ active: {rule.Name}, priority: {Word(status.Priority)}, suppressed: {Word(status.Suppressed)}, told: {Word(!status.Suppressed && !status.Shadow)}, message: \"{status.Message}\"",
        AlertState.Latched => $"{{ latched: {rule.Name}, priority: {Word(status.Priority)}",
        AlertState.Pending => $"{{ pending: {rule.Name}",
        _ => $"{{ not active: {rule.Name}",
    };

    private static string Word(object value) => value.ToString()!.ToLowerInvariant();

    /// <summary>A value for each second; it stays for some of them.</summary>
    private static int[] Values(Random random, params int[] choices)
    {
        var values = new int[Seconds + 1];
        var present = choices[0];

        // In some stories it stays at last, so that what was acknowledged calls again.
        var stays = random.Next(2) == 0 ? Seconds / 3 : values.Length;
        for (var second = 0; second < values.Length; second++)
        {
            present = second == stays ? choices[^1] : second < stays && random.Next(4) == 0 ? choices[random.Next(choices.Length)] : present;
            values[second] = present;
        }

        return values;
    }

    private static string Course(int[] values) => string.Join(", ", values.Select(value => $"{value} for 1 s"));

    private static Reading Reading(Instant time, int hr, int spo2)
    {
        var reading = new Reading { DeviceTime = time, ReceivedTime = time, CorrectedTime = time };
        foreach (var (name, value) in new[] { ("hr", hr), ("spo2", spo2) })
        {
            var signal = Rules.Catalogue.Find(name)!;
            reading.Values.Add(new SignalValue(signal, value, SignalJudge.Judge(signal, value)));
        }

        return reading;
    }
}
