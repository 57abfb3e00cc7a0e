using System.Text.Json;
using IoTGateway.Rules.Tests.Support;
using IoTGateway.Tests.Support;

namespace IoTGateway.Rules.Tests.Backtesting;

public class BacktestTests
{
    private static readonly RuleSet Rules = TestRules.Load("""
        version: 1
        population: adults
        rules:
          - { alert: "High, for long", when: a > 100, for: 15 s, clear when: a <= 95, clear after: 5 s, priority: low, message: "A {a}" }
          - { alert: Very high, when: a > 150, latch: true, priority: high, message: "A {a}" }
          - { alert: Gone, kind: technical, when: a is missing, priority: low, message: gone }
          - { alert: Not alert, when: v is not A, priority: low, message: "{v}" }
        """);

    [Fact]
    public void Run_Csv_PrintsEachStateEntered()
    {
        const string Input = "time_s,patient,metric,value\n0,p1,alpha,110\n1.5,p1,a,111.5\n20,p1,a,160\n20,p2,v,P\n21,p1,a,0\n22,p1,a,97\n23,p1,a,90\n30,p1,a,89\n95,p1,b,50\n";
        var (output, summary) = Run(Input, BacktestFormat.Csv);
        Assert.Equal(
            """
            time,patient,alert,transition,value
            0,p1,"High, for long",pending,110
            15,p1,"High, for long",active,111.5
            20,p1,Very high,active,160
            20,p2,Not alert,active,P
            22,p1,Very high,latched,97
            23,p1,"High, for long",clearing,90
            28,p1,"High, for long",ended,90
            90,p1,Gone,active,

            """.ReplaceLineEndings("\n"),
            output);
        Assert.Equal((2, 9, 9, 4), (summary.Patients, summary.Readings, summary.Values, summary.Raises));
        Assert.Equal([1, 1, 1, 1], summary.Rules.Select(rule => rule.Raises));
        Assert.Equal([13, 2, 5, 0], summary.Rules.Select(rule => rule.Raised.TotalSeconds));
        Assert.Equal(95 / 86_400.0, summary.PatientDays, 9);
        Assert.Equal(86_400 / 95.0, summary.Rules[0].RaisesPerPatientDay, 6);
    }

    [Fact]
    public void Run_PendingDropped_PrintsEnded()
    {
        var (output, _) = Run("time_s,patient,metric,value\n0,p1,a,110\n1,p1,a,90\n", BacktestFormat.Csv);
        Assert.EndsWith("0,p1,\"High, for long\",pending,110\n1,p1,\"High, for long\",ended,90\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RowsOutOfOrderAndPatientsOneAfterTheOther_ArePlayedByTime()
    {
        var (output, _) = Run("time_s,patient,metric,value\n5,p1,v,P\n2,p1,v,A\n1,p2,v,P\n", BacktestFormat.Csv);
        Assert.EndsWith("value\n1,p2,Not alert,active,P\n5,p1,Not alert,active,P\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SameSignalTwiceAtOneTime_TheLaterOneWins()
    {
        var (output, summary) = Run("time_s,patient,metric,value\n5,p1,v,A\n5,p1,v,P\n", BacktestFormat.Csv);
        Assert.EndsWith("value\n5,p1,Not alert,active,P\n", output, StringComparison.Ordinal);
        Assert.Equal(2, summary.Readings);
    }

    [Fact]
    public void Run_Json_IsOneObjectALine()
    {
        var (output, _) = Run("time_s,patient,metric,value\n0.5,p1,a,160\n", BacktestFormat.Json);
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(["pending", "active"], lines.Select(line => line.GetProperty("transition").GetString()));
        Assert.Equal(0.5, lines[1].GetProperty("time").GetDouble());
        Assert.Equal(160, lines[1].GetProperty("value").GetDouble());
        Assert.Equal("A 160 % > 150 %", lines[1].GetProperty("reason").GetString());
    }

    [Fact]
    public void Run_Table_HasOneLineEach()
    {
        var (output, summary) = Run("time_s,patient,metric,value\n0.5,p1,a,160\n", BacktestFormat.Table);
        Assert.Equal(3, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var text = new StringWriter { NewLine = "\n" };
        summary.Write(text);
        Assert.Contains("Very high (high)", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("time,patient,metric,value\n", 1, 1, "this is no recording")]
    [InlineData("", 1, 1, "this is no recording")]
    [InlineData("time_s,patient,metric,value\n0,p1,a\n", 2, 1, "four fields")]
    [InlineData("time_s,patient,metric,value\n0,p1,a,1,2\n", 2, 1, "four fields")]
    [InlineData("time_s,patient,metric,value\n0,p1,a,1\nx,p1,a,1\n", 3, 1, "'x' is no time")]
    [InlineData("time_s,patient,metric,value\n1e99,p1,a,1\n", 2, 1, "'1e99' is no time")]
    [InlineData("time_s,patient,metric,value\n0,,a,1\n", 2, 3, "the patient is missing")]
    [InlineData("time_s,patient,metric,value\n0,p1,a,high\n", 2, 8, "'high' is no value of a")]
    [InlineData("time_s,patient,metric,value\n0,p1,v,Z\n", 2, 8, "'Z' is no value of v")]
    public void Run_BadRow_IsAnErrorWithItsLineAndNothingIsWritten(string input, int line, int column, string message)
    {
        var (output, summary) = Run(input, BacktestFormat.Csv);
        var error = Assert.Single(summary.Errors);
        Assert.Equal(("file.csv", line, column, true), (error.File, error.Line, error.Column, error.IsError));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Empty(output);
    }

    [Fact]
    public void Run_UnknownMetricsAndEmptyValues_ArePassedOver()
    {
        var (output, summary) = Run("time_s,patient,metric,value\n0,p1,fio2_fraction,0.5\n0,p1,a,\n1,p1,a,NaN\n", BacktestFormat.Csv);
        Assert.Single(summary.Errors);
        Assert.Empty(output);
        (_, summary) = Run("time_s,patient,metric,value\n0,p1,fio2_fraction,0.5\n\n0,p1,a,\n", BacktestFormat.Csv);
        Assert.Equal(1, summary.UnknownMetrics["fio2_fraction"]);
        Assert.Equal(1, summary.Values);
    }

    [Theory]
    [InlineData("mimic_1p024s_hour.csv", 1, 14_064)]
    [InlineData("mimic2_s00001_1min.csv", 1, 14_008)]
    [InlineData("challenge2012_48h.csv", 60, 17_341)]
    public void Run_ShippedRulesOnTheRecordings_TakesEveryKnownValue(string file, int patients, int values)
    {
        using var input = File.OpenText(Repository.PathOf($"tests/data/vitals/{file}"));
        var output = new StringWriter { NewLine = "\n" };
        var summary = Backtest.Run(RuleSetLoader.Load(ShippedRules.Files).Rules!, input, file, output, BacktestFormat.Csv);
        Assert.Empty(summary.Errors);
        Assert.Equal((patients, values), (summary.Patients, summary.Values));
        Assert.Equal(
            summary.UnknownMetrics.Values.Sum() + summary.Values, File.ReadLines(Repository.PathOf($"tests/data/vitals/{file}")).Count() - 1);

        // Each line is in the order of time, and each alert goes through its states in a possible order.
        var states = new Dictionary<string, string>(StringComparer.Ordinal);
        var last = double.NegativeInfinity;
        foreach (var line in output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
        {
            var fields = line.Split(',');
            var time = double.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture);
            Assert.True(time >= last, line);
            last = time;
            var key = string.Join(',', fields[1..^2]);
            var before = states.GetValueOrDefault(key, "ended");
            Assert.True(
                fields[^2] switch
                {
                    "pending" => before is "ended" or "latched",
                    "active" => before is "ended" or "latched" or "pending" or "clearing",
                    "clearing" => before is "active",
                    "ended" => before is "pending" or "active" or "clearing",
                    "latched" => before is "active" or "clearing",
                    _ => false,
                },
                $"{line} after {before}");
            states[key] = fields[^2];
        }
    }

    private static (string Output, BacktestSummary Summary) Run(string input, BacktestFormat format)
    {
        var output = new StringWriter { NewLine = "\n" };
        var summary = Backtest.Run(Rules, new StringReader(input), "file.csv", output, format);
        return (output.ToString(), summary);
    }
}
