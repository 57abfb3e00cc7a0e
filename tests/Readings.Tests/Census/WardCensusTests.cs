using IoTGateway.Readings.Census;
using static IoTGateway.Readings.Tests.Census.TestWard;

namespace IoTGateway.Readings.Tests.Census;

public class WardCensusTests
{
    [Fact]
    public void BedOf_ADevice_IsTheBedAtWhichItStands()
    {
        var census = CensusOf(Bed("ICU-1", "p1", "monitor-1", "pump-1"), Bed("ICU-2", null));

        Assert.Equal("ICU-1", census.BedOf("pump-1")?.Id);
        Assert.Null(census.BedOf("Monitor-1"));
        Assert.Null(census.BedOf("monitor-9"));
        Assert.Equal(["monitor-1", "pump-1"], census.Devices.Order());
    }

    [Fact]
    public void AssignmentOf_AnyDevice_IsItsPatientOrItself()
    {
        var census = CensusOf(Bed("ICU-1", "p1", "monitor-1"), Bed("ICU-2", null, "monitor-2"));

        Assert.Equal(new Assignment("p1", "ICU", "ICU-1"), census.AssignmentOf("monitor-1"));
        Assert.Equal(new Assignment("monitor-2", "ICU", "ICU-2"), census.AssignmentOf("monitor-2"));
        Assert.Equal(new Assignment("monitor-3", "unassigned", ""), census.AssignmentOf("monitor-3"));
    }

    [Fact]
    public void New_WithABedTwiceInAWard_ThrowsNamingIt() => AssertRefused(
        "The bed 'ICU-1' stands twice in the ward 'ICU'.", Bed("ICU-1", null), Bed("ICU-1", null));

    [Fact]
    public void New_WithABedOfTheSameNameInAnotherWard_IsFine() =>
        Assert.Equal(2, CensusOf(Bed("1", null), Bed("1", null) with { Ward = "Ward 4" }).Beds.Length);

    [Fact]
    public void New_WithAPatientInTwoBeds_ThrowsNamingBoth() => AssertRefused(
        "The patient 'p1' lies in two beds: 'ICU-1' in 'ICU' and 'ICU-2' in 'ICU'.", Bed("ICU-1", "p1"), Bed("ICU-2", "p1"));

    [Fact]
    public void New_WithADeviceAtTwoBeds_ThrowsNamingBoth() => AssertRefused(
        "The device 'm' stands at two beds: 'ICU-1' in 'ICU' and 'ICU-2' in 'ICU'.", Bed("ICU-1", "p1", "m"), Bed("ICU-2", "p2", "m"));

    [Fact]
    public void New_WithADeviceTwiceAtOneBed_Throws() => AssertRefused(
        "The device 'm' is named twice at 'ICU-1' in 'ICU'.", Bed("ICU-1", "p1", "m", "m"));

    [Fact]
    public void New_WithAPatientNamedAsADeviceElsewhere_Throws() => AssertRefused(
        "The patient 'm2' at 'ICU-1' in 'ICU' has the name of a device, at 'ICU-2' in 'ICU'.", Bed("ICU-1", "m2", "m1"), Bed("ICU-2", null, "m2"));

    [Fact]
    public void New_WithAPatientNamedAsItsOwnDevice_IsFine() =>
        Assert.Equal("mimic1-beacon", CensusOf(Bed("ICU-1", "mimic1-beacon", "mimic1-beacon")).AssignmentOf("mimic1-beacon").Patient);

    [Fact]
    public void New_WithSeveralFaults_NamesAll()
    {
        var failure = Assert.Throws<ArgumentException>(() => CensusOf(Bed("ICU-1", "p1", "m"), Bed("ICU-1", "p1", "m")));

        Assert.Contains("The bed 'ICU-1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The patient 'p1'", failure.Message, StringComparison.Ordinal);
        Assert.Contains("The device 'm'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Equals_ByWhatIsSaid_NotByObject()
    {
        var census = CensusOf(Bed("ICU-1", "p1", "m1"), Bed("ICU-2", "p2", "m2"));
        var same = CensusOf(Bed("ICU-1", "p1", "m1"), Bed("ICU-2", "p2", "m2"));
        var otherOrder = CensusOf(Bed("ICU-2", "p2", "m2"), Bed("ICU-1", "p1", "m1"));
        var otherTag = CensusOf(Bed("ICU-1", "p1", "m1") with { Tags = ["copd"] }, Bed("ICU-2", "p2", "m2"));

        Assert.Equal(census, same);
        Assert.Equal(census.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(census, otherOrder);
        Assert.NotEqual(census, otherTag);
        Assert.NotEqual(census, WardCensus.Empty);
    }

    private static void AssertRefused(string expected, params Bed[] beds)
    {
        var failure = Assert.Throws<ArgumentException>(() => CensusOf(beds));
        Assert.StartsWith(expected, failure.Message, StringComparison.Ordinal);
    }
}
