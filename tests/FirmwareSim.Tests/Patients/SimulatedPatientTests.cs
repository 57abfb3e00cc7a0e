using IoTGateway.FirmwareSim.Patients;

namespace IoTGateway.FirmwareSim.Tests.Patients;

public class SimulatedPatientTests
{
    private static readonly Dictionary<string, (double Low, double High)> AdultLimits = new()
    {
        ["hr"] = (50, 120),
        ["spo2"] = (90, 100),
        ["rr"] = (8, 30),
        ["sbp"] = (90, 160),
        ["dbp"] = (50, 90),
        ["map"] = (60, 110),
        ["art_sbp"] = (90, 160),
        ["art_dbp"] = (50, 90),
        ["art_map"] = (60, 110),
        ["temp"] = (35, 39),
    };

    [Fact]
    public void MeasureNext_StablePatients_StayInsideTheAdultLimits()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var patient = Draw(seed);
            for (var second = 0; second < 1800; second++)
            {
                foreach (var vital in patient.MeasureNext([]))
                {
                    var (low, high) = AdultLimits[vital.Signal];
                    Assert.True(vital.Value >= low && vital.Value <= high, $"seed {seed}, second {second}: {vital.Signal} {vital.Value}");
                }
            }
        }
    }

    [Fact]
    public void MeasureNext_StablePatient_Wanders()
    {
        var patient = Draw(1);
        var rates = Enumerable.Range(0, 600).Select(_ => Value(patient.MeasureNext([]), "hr")).ToList();
        Assert.True(rates.Distinct().Count() >= 4, "the heart rate does not move");
        Assert.True(rates.Zip(rates.Skip(1), (left, right) => Math.Abs(left!.Value - right!.Value)).Max() <= 4, "the heart rate jumps");
    }

    [Fact]
    public void MeasureNext_Deterioration_CrossesTheLimitWithin10SecondsAndRecoversWithin40()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var patient = Draw(seed);
            var episode = new Episode(1, EpisodeKind.Deterioration, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(75));
            var saturations = new List<double?>();
            var heartRates = new List<double?>();
            for (var second = 0; second < 120; second++)
            {
                var vitals = patient.MeasureNext(episode.Covers(TimeSpan.FromSeconds(second)) ? [episode] : []);
                saturations.Add(Value(vitals, "spo2"));
                heartRates.Add(Value(vitals, "hr"));
                Assert.All(vitals, vital => Assert.True(
                    vital.Signal == "spo2" || (vital.Value >= AdultLimits[vital.Signal].Low && vital.Value <= AdultLimits[vital.Signal].High),
                    $"seed {seed}, second {second}: {vital.Signal} {vital.Value}"));
            }

            Assert.All(saturations[..3], value => Assert.True(value >= 94));
            Assert.All(saturations[13..78], value => Assert.True(value < 90, $"seed {seed}: {value}"));
            Assert.All(saturations[25..78], value => Assert.InRange(value!.Value, 81, 88));
            Assert.All(saturations[118..], value => Assert.True(value >= 93, $"seed {seed}: {value}"));
            Assert.True(heartRates[50..70].Average() > heartRates[..3].Average() + 8, $"seed {seed}: the heart rate does not rise");
        }
    }

    [Theory]
    [InlineData(NoValueForm.Null, true, null)]
    [InlineData(NoValueForm.Sentinel, true, -100.0)]
    [InlineData(NoValueForm.Absent, false, null)]
    public void MeasureNext_SensorOff_SaysItHasNoValueAndMeasuresTheRest(NoValueForm form, bool present, double? value)
    {
        var patient = Draw(1);
        var vitals = patient.MeasureNext([new Episode(1, EpisodeKind.SensorOff, TimeSpan.Zero, TimeSpan.FromSeconds(40), form)]);
        Assert.Equal(present, vitals.Any(vital => vital.Signal == "spo2"));
        Assert.Equal(value, Value(vitals, "spo2"));
        Assert.NotNull(Value(vitals, "hr"));
        Assert.InRange(Value(patient.MeasureNext([]), "spo2")!.Value, 94, 100);
    }

    [Fact]
    public void MeasureNext_Pressures_ComeEachSecondFromALineAndEveryFiveMinutesFromACuff()
    {
        Assert.Equal(600, CountOf("art_sbp", arterialLine: true));
        Assert.Equal(0, CountOf("sbp", arterialLine: true));
        Assert.Equal(2, CountOf("sbp", arterialLine: false));
        Assert.Equal(10, CountOf("temp", arterialLine: false));
    }

    private static int CountOf(string signal, bool arterialLine)
    {
        var random = new Random(5);
        var patient = new SimulatedPatient(PatientBaseline.Draw(random) with { ArterialLine = arterialLine }, random);
        return Enumerable.Range(0, 600).Sum(_ => patient.MeasureNext([]).Count(vital => vital.Signal == signal));
    }

    private static SimulatedPatient Draw(int seed)
    {
        var random = new Random(seed);
        return new SimulatedPatient(PatientBaseline.Draw(random), random);
    }

    private static double? Value(IReadOnlyList<MeasuredVital> vitals, string signal) => vitals.FirstOrDefault(vital => vital.Signal == signal).Value;
}
