using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Tests.Processing;

/// <summary>Whom a patient counts among: from the census to the engine, also over a restart.</summary>
public sealed class PopulationTests
{
    [Theory]
    [InlineData("", new string[0], Population.Unknown)]
    [InlineData("adults", new string[0], Population.Adult)]
    [InlineData("children", new string[0], Population.Child)]
    [InlineData("pregnant", new string[0], Population.Pregnant)]
    [InlineData("adults", new[] { "pregnant" }, Population.Pregnant)]
    public void Census_Population_ReachesTheEngine(string population, string[] tags, Population expected)
    {
        var profiles = new List<PatientProfile>();
        using var gateway = new TestGateway(engine: () => new ProfileEngine(profiles)).Load(TestRules.Standard);

        gateway.Admit(new Bed("ICU-1", "ICU", "p1", ["m1"], [.. tags], []) { Population = population });

        Assert.Equal(expected, Assert.Single(profiles).Population);
    }

    [Fact]
    public void Census_PopulationChanges_IsToldAndKeptOverARestart()
    {
        var profiles = new List<PatientProfile>();
        using var gateway = new TestGateway(engine: () => new ProfileEngine(profiles)).Load(TestRules.Standard);
        gateway.Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1"])).Admit(TestGateway.Bed("ICU-1", "p1", devices: ["m1"]) with { Population = PopulationWord.Adults });
        Assert.Equal([Population.Unknown, Population.Adult], profiles.Select(profile => profile.Population));
        gateway.Settle();
        gateway.Processor.SaveCheckpoint();

        profiles.Clear();
        using var restarted = gateway.Crash(engine: () => new ProfileEngine(profiles));
        Assert.Equal([Population.Adult], profiles.Select(profile => profile.Population));
    }

    [Fact]
    public void CensusRecord_WithAndWithoutPopulation_IsRead()
    {
        var census = new WardCensus([TestGateway.Bed("ICU-1", "p1") with { Population = PopulationWord.Children }, TestGateway.Bed("ICU-2", "p2")]);
        Assert.Equal(census, CensusRecord.Read(new CensusRecord(new Readings.Instant(1), census).Write()).Census);

        var older = """{"format":1,"from":1,"beds":[{"bed":"ICU-2","ward":"ICU","patient":"p2","devices":[],"tags":[],"monitored":[]}]}"""u8;
        Assert.Equal("", Assert.Single(CensusRecord.Read(older).Census.Beds).Population);
    }
}
