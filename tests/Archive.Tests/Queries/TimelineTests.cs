using IoTGateway.Alerts;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Queries;

/// <summary>The timelines of patients and wards.</summary>
public sealed class TimelineTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task TimelineAsync_Patient_IsNewestFirstAcrossWards()
    {
        await FillAsync();
        var entries = await _fixture.Reader().TimelineAsync("p1", At(0), At(100), 10, TestContext.Current.CancellationToken);
        Assert.Equal(["p1 moved from ICU-1 in ICU to W-3 in Ward 3", "SpO2 low raised: SpO2 86 % < 88 % for 15 s", "p1 admitted to ICU-1"], entries.Select(entry => entry.Words));
        Assert.Equal(["", "medium", ""], entries.Select(entry => entry.Priority));
        Assert.Equal(["SpO2 low raised: SpO2 86 % < 88 % for 15 s"], (await _fixture.Reader().TimelineAsync("p1", At(5), At(20), 10, TestContext.Current.CancellationToken)).Select(entry => entry.Words));
        Assert.Equal(2, (await _fixture.Reader().TimelineAsync("p1", At(0), At(100), 2, TestContext.Current.CancellationToken)).Count);
    }

    [Fact]
    public async Task WardTimelineAsync_Transfer_StandsInThatOfBothWards()
    {
        await FillAsync();
        Assert.Equal(
            ["p1 moved from ICU-1 in ICU to W-3 in Ward 3", "SpO2 low raised: SpO2 86 % < 88 % for 15 s", "p1 admitted to ICU-1"],
            (await _fixture.Reader().WardTimelineAsync("ICU", At(0), At(100), 10, TestContext.Current.CancellationToken)).Select(entry => entry.Words));
        Assert.Equal(
            ["p1 moved from ICU-1 in ICU to W-3 in Ward 3", "p2 admitted to W-4"],
            (await _fixture.Reader().WardTimelineAsync("Ward 3", At(0), At(100), 10, TestContext.Current.CancellationToken)).Select(entry => entry.Words));
    }

    private Task FillAsync() => _fixture.StoreAsync(
        Record(10, At(0), Census(Bed("ICU-1", "p1"), Bed("W-3", ward: "Ward 3"), Bed("W-4", "p2", ward: "Ward 3"))),
        Record(20, Event(Status(), 10, AlertState.Pending)),
        Record(30, At(20), Census(Bed("ICU-1"), Bed("W-3", "p1", ward: "Ward 3"), Bed("W-4", "p2", ward: "Ward 3"))),
        Record(40, Event(Status(ward: "Ward 3", bed: "W-3"), 20, AlertState.Active, AlertChange.Moved, previousWard: "ICU")));
}
