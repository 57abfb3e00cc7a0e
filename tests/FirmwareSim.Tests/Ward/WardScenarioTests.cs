using IoTGateway.FirmwareSim.Patients;
using IoTGateway.FirmwareSim.Ward;

namespace IoTGateway.FirmwareSim.Tests.Ward;

public class WardScenarioTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    public void Cycle_First_Bed3DeterioratesAndAnotherSensorComesOff(int seed)
    {
        var cycle = new WardScenario(8, seed).Cycle(0);
        Assert.Equal((3, EpisodeKind.Deterioration, TimeSpan.FromSeconds(3)), (cycle[0].Bed, cycle[0].Kind, cycle[0].From));
        Assert.Equal((EpisodeKind.SensorOff, TimeSpan.FromSeconds(20)), (cycle[1].Kind, cycle[1].From));
        Assert.NotEqual(3, cycle[1].Bed);
        Assert.InRange(cycle[1].Bed, 1, 8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(8)]
    public void Cycle_Later_StaysInsideItselfOnBedsThatExistAndNeverTwiceOnOne(int beds)
    {
        for (var seed = 0; seed < 50; seed++)
        {
            var scenario = new WardScenario(beds, seed);
            for (var number = 0; number < 50; number++)
            {
                var cycle = scenario.Cycle(number);
                Assert.Equal(beds == 1 ? 1 : 2, cycle.Count);
                Assert.Equal(cycle.Count, cycle.Select(episode => episode.Bed).Distinct().Count());
                foreach (var episode in cycle)
                {
                    Assert.InRange(episode.Bed, 1, beds);
                    Assert.True(episode.From >= WardScenario.CycleLength * number);

                    // Half a minute to recover before the next cycle begins.
                    Assert.True(episode.From + episode.Length <= (WardScenario.CycleLength * (number + 1)) - TimeSpan.FromSeconds(15));
                }
            }
        }
    }

    [Fact]
    public void Cycle_ManyCycles_ReachEveryBedAndEveryFormOfNoValue()
    {
        var scenario = new WardScenario(8, 1);
        var episodes = Enumerable.Range(0, 200).SelectMany(scenario.Cycle).ToList();
        Assert.Equal(8, episodes.Where(episode => episode.Kind == EpisodeKind.Deterioration).Select(episode => episode.Bed).Distinct().Count());
        Assert.Equal(8, episodes.Where(episode => episode.Kind == EpisodeKind.SensorOff).Select(episode => episode.Bed).Distinct().Count());
        Assert.Equal(3, episodes.Where(episode => episode.Kind == EpisodeKind.SensorOff).Select(episode => episode.NoValue).Distinct().Count());
    }

    [Fact]
    public void Patient_SameSeed_GivesTheSameWardAndAnotherSeedAnother()
    {
        Assert.Equal(Course(seed: 5), Course(seed: 5));
        Assert.NotEqual(Course(seed: 5), Course(seed: 6));
    }

    [Fact]
    public void Patient_Bed3FirstMinute_RaisesInTimeForAlarmsAfter15Seconds()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var scenario = new WardScenario(8, seed);
            var patient = scenario.Patient(3);
            var below = Enumerable.Range(0, 30)
                .Select(second => patient.MeasureNext(scenario.At(3, TimeSpan.FromSeconds(second))).Single(vital => vital.Signal == "spo2").Value < 90)
                .ToList();
            var since = below.LastIndexOf(false) + 1;
            Assert.True(since + 15 <= 28, $"seed {seed}: below 90 % only since second {since}");
        }
    }

    private static string Course(int seed)
    {
        var scenario = new WardScenario(4, seed);
        var lines = new List<string>();
        for (var bed = 1; bed <= 4; bed++)
        {
            var patient = scenario.Patient(bed);
            for (var second = 0; second < 600; second++)
            {
                lines.Add($"{bed} {second} {string.Join(' ', patient.MeasureNext(scenario.At(bed, TimeSpan.FromSeconds(second))))}");
            }
        }

        return string.Join('\n', lines);
    }
}
