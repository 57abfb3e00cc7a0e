using IoTGateway.Rules.Language;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests;

public class ShippedRulesTests
{
    private static readonly RuleSetResult Shipped = RuleSetLoader.Load(ShippedRules.Files);

    [Fact]
    public void Files_AsShipped_LoadWithoutAnyWarning()
    {
        Assert.Empty(Shipped.Diagnostics);
        Assert.NotNull(Shipped.Rules);
    }

    [Fact]
    public void Files_InTheRepository_AreThoseInTheProgram() =>
        Assert.Equal(
            Directory.GetFiles(Repository.PathOf("rules"), "*.yaml").Where(path => !path.EndsWith(".test.yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(path => new RuleFile(Path.GetFileName(path), File.ReadAllText(path))),
            ShippedRules.Files);

    [Fact]
    public void SignalCatalogue_AllSignalsOfTheDesign_AreThere() =>
        Assert.Equal(
            ["hr", "pulse", "spo2", "rr", "etco2", "art_sbp", "art_dbp", "art_map", "sbp", "dbp", "map", "temp", "glucose", "o2", "avpu", "gcs", "battery", "silence", "clock_offset"],
            ShippedRules.SignalCatalogue.Signals.Select(signal => signal.Id));

    [Fact]
    public void SignalCatalogue_MetricsOfTheRecordings_AreAliases()
    {
        // These four are recorded but are no signals of this catalogue: inspired oxygen, saturation by blood gas, and whether a patient is ventilated.
        string[] notSignals = ["fio2_fraction", "sao2", "mech_vent"];
        foreach (var file in new[] { "mimic_1p024s_hour.csv", "mimic2_s00001_1min.csv", "challenge2012_48h.csv" })
        {
            foreach (var metric in File.ReadLines(Repository.PathOf($"tests/data/vitals/{file}")).Skip(1).Select(line => line.Split(',')[2]).Distinct().Except(notSignals))
            {
                Assert.True(ShippedRules.SignalCatalogue.Find(metric) is not null, metric);
            }
        }
    }

    [Theory]
    [InlineData("heart_rate", "hr")]
    [InlineData("pulse_rate", "pulse")]
    [InlineData("spo2", "spo2")]
    [InlineData("respiration_rate", "rr")]
    [InlineData("systolic_bp", "sbp")]
    [InlineData("diastolic_bp", "dbp")]
    [InlineData("mean_bp", "map")]
    [InlineData("temperature", "temp")]
    [InlineData("etco2", "etco2")]
    [InlineData("glucose", "glucose")]
    public void SignalCatalogue_CodesAndPlausibleRanges_AreThoseOfTheTables(string metric, string id)
    {
        var signal = ShippedRules.SignalCatalogue.Find(metric)!;
        Assert.Equal(id, signal.Id);
        var codes = Row("codes.csv", metric);
        Assert.Equal(
            (codes[1], codes[2], int.Parse(codes[4], System.Globalization.CultureInfo.InvariantCulture)),
            (signal.Loinc, signal.Unit, signal.MdcCode!.Value));
        var range = Row("plausible_ranges.csv", metric);
        Assert.Equal((Number(range[1]), Number(range[2])), (signal.PlausibleLow, signal.PlausibleHigh));
    }

    [Fact]
    public void SignalCatalogue_NoValue_IsDeclaredForRatesSaturationAndPressuresOnly() =>
        Assert.Equal(
            ["hr", "pulse", "spo2", "art_sbp", "art_dbp", "art_map", "sbp", "dbp", "map"],
            ShippedRules.SignalCatalogue.Signals.Where(signal => signal.NoValueAtOrBelow == 0).Select(signal => signal.Id));

    [Theory]
    [InlineData("spo2", 89, "SpO2 low", 15, AlertPriority.Medium)]
    [InlineData("spo2", 79, "SpO2 low", 3, AlertPriority.High)]
    [InlineData("hr", 49, "Heart rate low", 15, AlertPriority.Medium)]
    [InlineData("hr", 39, "Heart rate very low", 5, AlertPriority.High)]
    [InlineData("hr", 121, "Heart rate high", 15, AlertPriority.Medium)]
    [InlineData("hr", 151, "Heart rate high", 5, AlertPriority.High)]
    [InlineData("rr", 7, "Respiration low", 20, AlertPriority.High)]
    [InlineData("rr", 31, "Respiration high", 30, AlertPriority.Medium)]
    [InlineData("sbp", 89, "BP systolic low", 0, AlertPriority.Medium)]
    [InlineData("sbp", 161, "BP systolic high", 0, AlertPriority.Medium)]
    [InlineData("map", 59, "BP mean low", 0, AlertPriority.Medium)]
    [InlineData("art_sbp", 89, "ART systolic low", 15, AlertPriority.Medium)]
    [InlineData("art_map", 111, "ART mean high", 15, AlertPriority.Medium)]
    [InlineData("temp", 34.9, "Temperature low", 0, AlertPriority.Medium)]
    [InlineData("temp", 39.1, "Temperature high", 0, AlertPriority.Medium)]
    [InlineData("etco2", 14, "EtCO2 low", 20, AlertPriority.High)]
    [InlineData("etco2", 51, "EtCO2 high", 30, AlertPriority.Medium)]
    [InlineData("hr", 0, "No heart rate, look at the patient", 5, AlertPriority.High)]
    [InlineData("battery", 19, "Battery low", 0, AlertPriority.Low)]
    public void Rules_ValueBeyondItsLimit_RaisesAfterItsDelay(string signal, double value, string alert, double delay, AlertPriority priority)
    {
        var ward = new Support.TestWard(Shipped.Rules!).Read(100, (signal, value)).Tick(100 + delay - 0.001).Tick(100 + delay);
        var raised = Assert.Single(ward.Output, transition => transition.State == AlertState.Active && transition.Rule.Name == alert);
        Assert.Equal((Support.TestWard.At(100 + delay), priority), (raised.Time, raised.Priority));
    }

    [Theory]
    [InlineData("spo2", 90)]
    [InlineData("hr", 50)]
    [InlineData("hr", 120)]
    [InlineData("rr", 8)]
    [InlineData("rr", 30)]
    [InlineData("sbp", 90)]
    [InlineData("sbp", 160)]
    [InlineData("temp", 35)]
    [InlineData("temp", 39)]
    [InlineData("etco2", 15)]
    [InlineData("etco2", 50)]
    public void Rules_ValueAtItsLimit_RaisesNothing(string signal, double value)
    {
        var ward = new Support.TestWard(Shipped.Rules!).Read(0, (signal, value)).Tick(59);
        Assert.Empty(ward.Said());
    }

    [Theory]
    [InlineData("spo2", 85, "SpO2 85 %, limit 90 %")]
    [InlineData("spo2", 74, "SpO2 74 %, limit 80 %")]
    [InlineData("hr", 130, "Heart rate 130, limit 120")]
    [InlineData("hr", 155, "Heart rate 155, limit 150")]
    public void Rules_AlertAtALevel_NamesTheLimitOfThatLevel(string signal, double value, string message)
    {
        var ward = new Support.TestWard(Shipped.Rules!).Read(0, (signal, value)).Tick(20);
        Assert.Equal(message, ward.Output.First(transition => transition.State == AlertState.Active).Message);
    }

    /// <summary>Somebody who reads "SpO2 74 %, limit 90 %" looks for an alert that is not there: a message names limits of its own condition only.</summary>
    [Fact]
    public void Rules_Messages_NameNoLimitButThoseOfTheirCondition()
    {
        var named = 0;
        foreach (var rule in Shipped.Rules!.Definition.Rules)
        {
            foreach (var level in rule.Levels)
            {
                var asked = level.When.All().OfType<LimitExpression>().Select(limit => limit.Name).ToHashSet();
                var told = (level.Message ?? rule.Message).Select(piece => piece.Value).OfType<LimitExpression>().Select(limit => limit.Name).ToList();
                Assert.All(told, limit => Assert.True(asked.Contains(limit), $"{rule.Rule.Name} ({level.Priority}) tells {limit}"));
                named += told.Count;
            }
        }

        Assert.InRange(named, 20, 100);
    }

    [Fact]
    public void Rules_MonitoredSpo2Stops_SaysSoTwoMinutesAfterItIsMissing()
    {
        var ward = new Support.TestWard(Shipped.Rules!, "spo2").Read(0, ("spo2", 97)).Tick(500);
        Assert.Equal(["60 SpO2 not measured pending", "180 SpO2 not measured active"], ward.Said());
        Assert.Equal("No SpO2 for 3 min", ward.Output[1].Message);
    }

    private static string[] Row(string file, string metric) =>
        File.ReadLines(Repository.PathOf($"tests/data/{file}")).Select(line => line.Split(',')).Single(fields => fields[0] == metric);

    private static double Number(string text) => double.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
