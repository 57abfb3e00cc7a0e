using System.Globalization;
using IoTGateway.Rules.Tests.Support;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests;

/// <summary>
/// The shipped NEWS2 (Royal College of Physicians 2017) against a table of cases that two independent programs agreed on: each sub-score and the total;
/// then every parameter of every case removed, and aged, in turn: what is incomplete is a lower bound, and never "low".
/// </summary>
public class News2Tests
{
    private const string Probe = """
        version: 1
        population: adults
        rules:
          - alert: Seen
            when: hr > 0 or rr > 0
            priority: low
            message: "{rr_points} {spo2_points} {oxygen_points} {sbp_points} {hr_points} {avpu_points} {temp_points} {news2}"
          - alert: Low
            when: news2 <= 4
            priority: low
            message: "low"
        """;

    // Columns of the table. The seven scores stand in the order of the parameters, the total behind them.
    private const int Saturation = 4;
    private const int Scale = 5;
    private const int FirstScore = 11;
    private const int Total = 18;
    private const int AnySingleThree = 19;

    private static readonly string[] Parameters = ["rr", "spo2", "o2", "sbp", "hr", "avpu", "temp"];
    private static readonly RuleSet Rules = RuleSetLoader.Load([.. ShippedRules.Files, new RuleFile("99-probe.yaml", Probe)]).Rules!;
    private static readonly List<string[]> Cases = [.. File.ReadLines(Repository.PathOf("tests/data/news2_cases.csv")).Skip(1).Select(Columns)];

    [Fact]
    public void Table_AllCases_AreThere() => Assert.Equal(416, Cases.Count);

    [Fact]
    public void Score_EveryCase_HasTheSubScoresAndTheTotalOfTheTable()
    {
        foreach (var row in Cases)
        {
            var ward = Ward(row).Read(0, Values(row));

            var expected = string.Join(' ', row[FirstScore..(Total + 1)]);
            Assert.Equal((row[0], expected), (row[0], Message(ward)));
            ward.Tick(60);
            var total = Number(row[Total]);
            Assert.Equal(total >= 7, IsActive(ward, "NEWS2 emergency"));
            Assert.Equal(total >= 5, IsActive(ward, "NEWS2 urgent"));
            Assert.Equal(row[AnySingleThree] == "1", IsActive(ward, "NEWS2 single parameter"));
        }
    }

    [Fact]
    public void LatestScores_EveryCase_AreThoseOfTheTable()
    {
        foreach (var row in Cases)
        {
            var score = Assert.Single(Ward(row).Read(0, Values(row)).Engine.LatestScores("p1"));

            var total = Number(row[Total]);
            Assert.Equal((row[0], "NEWS2", total, total, row[AnySingleThree] == "1"), (row[0], score.Name, score.Lowest, score.Highest, score.HighestPart >= 3));
        }
    }

    [Fact]
    public void LatestScores_ParameterMissing_ReachFromTheLeastToTheMost()
    {
        foreach (var row in Cases)
        {
            var score = Assert.Single(Ward(row).Read(0, [.. Values(row).Where(value => value.Signal != "avpu")]).Engine.LatestScores("p1"));

            Assert.Equal((row[0], 3.0), (row[0], score.Highest - score.Lowest));
            Assert.InRange(Number(row[Total]), score.Lowest, score.Highest);
        }
    }

    [Fact]
    public void Score_EachParameterRemoved_IsALowerBoundAndNeverLow()
    {
        foreach (var row in Cases)
        {
            foreach (var removed in Parameters)
            {
                var ward = Ward(row).Read(0, [.. Values(row).Where(value => value.Signal != removed)]);
                Assert.Contains("at least ", Message(ward), StringComparison.Ordinal);
                Assert.Equal((row[0], removed, Worst(row, removed) <= 4), (row[0], removed, IsActive(ward, "Low")));
            }
        }
    }

    [Fact]
    public void Score_EachParameterTooOld_IsIncompleteAndNeverLow()
    {
        foreach (var row in Cases)
        {
            foreach (var aged in Parameters)
            {
                var validFor = Rules.Catalogue.Find(aged)!.ValidFor!.Value.TotalSeconds;
                (string Signal, double Value)[] old = [.. Values(row).Where(value => value.Signal == aged)];
                (string Signal, double Value)[] others = [.. Values(row).Where(value => value.Signal != aged)];

                var justInTime = Ward(row).Read(0, old).Read(validFor - 0.001, others);
                Assert.Equal((row[0], aged, Number(row[Total]) <= 4), (row[0], aged, IsActive(justInTime, "Low")));
                var tooLate = Ward(row).Read(0, old).Read(validFor, others);
                Assert.Equal((row[0], aged, Worst(row, aged) <= 4), (row[0], aged, IsActive(tooLate, "Low")));
            }
        }
    }

    [Theory]
    [InlineData(Population.Unknown)]
    [InlineData(Population.Child)]
    [InlineData(Population.Pregnant)]
    public void Alerts_NotAnAdult_AreOff(Population population)
    {
        var ward = new TestWard(Rules, new PatientProfile("p1", "ICU", [], []) { Population = population })
            .Read(0, ("rr", 30), ("spo2", 85), ("sbp", 80), ("hr", 140)).Tick(120);
        Assert.DoesNotContain(ward.Output, transition => transition.Rule.Name.StartsWith("NEWS2", StringComparison.Ordinal));
    }

    /// <summary>The total if what is missing had its most points. SpO2 of scale 2 has others with oxygen than on air.</summary>
    private static double Worst(string[] row, string missing)
    {
        var parameter = Array.IndexOf(Parameters, missing);
        var most = missing switch { "o2" when row[Scale] == "2" && Number(row[Saturation]) >= 93 => 2 + ScaleTwoOnOxygen(Number(row[Saturation])) - Number(row[FirstScore + 1]), "o2" => 2, _ => 3 };
        return Number(row[Total]) - Number(row[FirstScore + parameter]) + most;
    }

    private static double ScaleTwoOnOxygen(double saturation) => saturation >= 97 ? 3 : saturation >= 95 ? 2 : 1;

    private static TestWard Ward(string[] row) =>
        new(Rules, new PatientProfile("p1", "ICU", row[Scale] == "2" ? ["spo2-scale-2"] : [], []) { Population = Population.Adult });

    private static (string Signal, double Value)[] Values(string[] row) =>
    [
        ("rr", Number(row[3])), ("spo2", Number(row[Saturation])), ("o2", Number(row[6])), ("sbp", Number(row[7])), ("hr", Number(row[8])), ("avpu", row[9][0]), ("temp", Number(row[10])),
    ];

    private static bool IsActive(TestWard ward, string alert) => ward.Output.LastOrDefault(transition => transition.Rule.Name == alert)?.State == AlertState.Active;

    private static string Message(TestWard ward) => ward.Output.Last(transition => transition.Rule.Name == "Seen" && transition.Time == TestWard.At(0)).Message;

    /// <summary>Only the note, the third column, may hold commas.</summary>
    private static string[] Columns(string line) => line.Split(',') is [var id, var origin, .. var rest] ? [id, origin, "", .. rest[^19..]] : throw new FormatException(line);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
