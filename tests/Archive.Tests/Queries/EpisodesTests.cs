using IoTGateway.Alerts;
using IoTGateway.Archive.Files;
using IoTGateway.Archive.Queries;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Queries;

/// <summary>Which episodes are found, in which order and page by page, and that no query goes through all there are.</summary>
public sealed class EpisodesTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new();
    private long _position = 10;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task EpisodesAsync_Filters_FindWhatMatches()
    {
        await RaiseAsync(1, 0, 10);
        await RaiseAsync(2, 20, null, status => status with { Priority = AlertPriority.High, Kind = AlertKind.Technical }, alert: "No data", patient: "p2", ward: "Ward 3");
        await RaiseAsync(3, 30, 40, status => status.Acknowledged(35), patient: "p3");
        await RaiseAsync(4, 50, 60, status => status with { Shadow = true });
        await RaiseAsync(5, 70, null, status => status with { State = AlertState.Pending });

        Assert.Equal([3, 2, 1], await FindAsync(new EpisodeFilter { From = At(0), To = At(100) }));
        Assert.Equal([2], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Ward = "Ward 3" }));
        Assert.Equal([3], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Patient = "p3" }));
        Assert.Equal([2], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Alert = "No data" }));
        Assert.Equal([2], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Priority = AlertPriority.High }));
        Assert.Equal([2], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Kind = AlertKind.Technical }));
        Assert.Equal([3], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Acknowledged = true }));
        Assert.Equal([2, 1], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), Acknowledged = false }));
        Assert.Equal([3, 2], await FindAsync(new EpisodeFilter { From = At(0), To = At(100), AtMost = 2 }));
    }

    [Fact]
    public async Task EpisodesAsync_Span_FindsThoseThatStoodInIt()
    {
        await RaiseAsync(1, 0, 10);
        await RaiseAsync(2, 5, null);
        await RaiseAsync(3, 20, 30);
        await RaiseAsync(4, 40, null);
        Assert.Equal([3, 2], await FindAsync(new EpisodeFilter { From = At(15), To = At(40) }));
        Assert.Equal([3, 2, 1], await FindAsync(new EpisodeFilter { From = At(10), To = At(40) }));
        Assert.Equal([3, 2], await FindAsync(new EpisodeFilter { From = At(15), To = At(40), Patient = "p1" }));
        Assert.Equal([3, 2], await FindAsync(new EpisodeFilter { From = At(15), To = At(40), Alert = "SpO2 low" }));
        Assert.Empty(await FindAsync(new EpisodeFilter { From = At(15), To = At(15) }));
    }

    [Fact]
    public async Task EpisodesAsync_PageByPage_GivesEachOnce()
    {
        for (var episode = 1; episode <= 25; episode++)
        {
            await RaiseAsync(episode, episode / 4, episode % 3 == 0 ? 100 : null); // Several of the same moment.
        }

        var filter = new EpisodeFilter { From = At(3), To = At(1_000), AtMost = 4 };
        var found = new List<long>();
        while (await FindAsync(filter) is { Count: > 0 } page)
        {
            found.AddRange(page);
            filter = filter with { BeforeEpisodeNumber = page[^1] };
        }

        Assert.Equal(Enumerable.Range(1, 25).Select(number => (long)number).Reverse(), found);
    }

    [Fact]
    public async Task EpisodesAsync_Episode_SaysWhatItWasAndHowItStands()
    {
        await RaiseAsync(1, 0, 60, status => status.Acknowledged(20), previousHigh: true);
        var episode = Assert.Single(await _fixture.Reader().EpisodesAsync(new EpisodeFilter { From = At(0), To = At(1) }, TestContext.Current.CancellationToken));
        Assert.Equal((At(0), At(60), AlertPriority.High, At(20)), (episode.Raised, episode.Ended, episode.Highest, episode.FirstAcknowledged));
        Assert.Equal((AlertState.Ended, "AB"), (episode.Last.State, episode.Last.Acknowledgement!.By));
        var events = await _fixture.Reader().EventsAsync("e1", TestContext.Current.CancellationToken);
        Assert.Equal([AlertState.Active, AlertState.Active, AlertState.Ended], events.Select(happened => happened.Status.State));
    }

    /// <summary>The value that ended an alert reads beside its name like the opposite of it.</summary>
    [Fact]
    public async Task EpisodesAsync_OverAgain_TellsTheValueThatRaisedIt()
    {
        var status = Status("SpO2 low", "p1", 1, "ICU");
        await _fixture.StoreAsync(
        [
            Record(_position++, Event(status with { State = AlertState.Pending, Value = "88 %" }, 0, episode: 1)),
            Record(_position++, Event(status with { Value = "85 %" }, 15, AlertState.Pending, episode: 1)),
            Record(_position++, Event(status with { State = AlertState.Ended, Value = "96 %" }, 60, AlertState.Active, episode: 1)),
        ]);

        var episode = Assert.Single(await _fixture.Reader().EpisodesAsync(new EpisodeFilter { From = At(0), To = At(100) }, TestContext.Current.CancellationToken));

        Assert.Equal((At(15), "85 %", "96 %"), (episode.Raised, episode.First.Value, episode.Last.Value));
    }

    [Fact]
    public async Task EpisodesAsync_NoArchiveYet_FindsNothing()
    {
        Assert.Empty(await FindAsync(new EpisodeFilter { From = At(0), To = At(1) }));
        Assert.Empty(await _fixture.Reader().EventsAsync("e1", TestContext.Current.CancellationToken));
        Assert.Equal(0, (await _fixture.Reader().AlarmLoadAsync(null, At(0), At(1), TestContext.Current.CancellationToken)).Episodes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public async Task EpisodesAsync_TooFewOrTooMany_Refuses(int atMost) => await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
        () => _fixture.Reader().EpisodesAsync(new EpisodeFilter { From = At(0), To = At(1), AtMost = atMost }, TestContext.Current.CancellationToken));

    [Theory]
    [InlineData(null, null, null)]
    [InlineData("p1", null, null)]
    [InlineData(null, "SpO2 low", null)]
    [InlineData("p1", "SpO2 low", "ICU")]
    public async Task SqlOf_AnyFilter_UsesAnIndexAndSortsNoMoreThanItMust(string? patient, string? alert, string? ward)
    {
        await RaiseAsync(1, 0, 1);
        var filter = new EpisodeFilter { From = At(0), To = At(1), Patient = patient, Alert = alert, Ward = ward };
        foreach (var raisedBefore in new[] { false, true })
        {
            var plan = _fixture.Query("EXPLAIN QUERY PLAN " + Filled(EpisodeQuery.SqlOf(filter, raisedBefore)));
            Assert.DoesNotContain(plan, step => step.Contains("SCAN p", StringComparison.Ordinal));
            Assert.Contains(plan, step => step.Contains("SEARCH p USING INDEX episodes_by_", StringComparison.Ordinal));
            Assert.True(raisedBefore || !plan.Any(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal)), string.Join('\n', plan));
        }
    }

    /// <summary>The plan of SQLite does not depend on what is bound.</summary>
    private static string Filled(string sql)
    {
        for (var parameter = 9; parameter > 0; parameter--)
        {
            sql = sql.Replace($"?{parameter}", "1", StringComparison.Ordinal);
        }

        return sql;
    }

    private async Task<IReadOnlyList<long>> FindAsync(EpisodeFilter filter) =>
        [.. (await _fixture.Reader().EpisodesAsync(filter, TestContext.Current.CancellationToken)).Select(episode => episode.Number)];

    private async Task RaiseAsync(
        long episode, double from, double? to, Func<AlertStatus, AlertStatus>? how = null, string alert = "SpO2 low", string patient = "p1", string ward = "ICU", bool previousHigh = false)
    {
        var status = Status(alert, patient, episode, ward);
        status = how is null ? status : how(status);
        var records = new List<ArchiveRecord> { Record(_position++, Event(previousHigh ? status with { Priority = AlertPriority.High } : status, from, episode: episode)) };
        if (previousHigh)
        {
            records.Add(Record(_position++, Event(status, from, AlertState.Active, AlertChange.Updated, episode)));
        }

        if (to is { } end)
        {
            records.Add(Record(_position++, Event(status with { State = AlertState.Ended }, end, AlertState.Active, episode: episode)));
        }

        await _fixture.StoreAsync(records);
    }
}
