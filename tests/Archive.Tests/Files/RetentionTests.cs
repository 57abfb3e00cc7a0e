using IoTGateway.Alerts;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Files;

/// <summary>What is over for longer than it is kept goes, in small steps; what stands stays.</summary>
public sealed class RetentionTests : IDisposable
{
    private readonly ArchiveFixture _fixture = new() { DeletedRowsAtMost = 3 };

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task CleanAsync_AfterTheRetention_DeletesWhatIsOverAndKeepsWhatStands()
    {
        var position = 10;
        await _fixture.StoreAsync(
            Record(position++, At(0), Census(Bed("ICU-1", "p1"), Bed("ICU-2", "p2"))),
            Record(position++, At(10), Census(Bed("ICU-1", "p1"), Bed("ICU-2"))),
            Record(position++, new RuleSetRecord("v1", [])),
            Record(position++, Event(Status(episode: 1), 0, episode: 1)));
        for (var episode = 2; episode <= 10; episode++)
        {
            await _fixture.StoreAsync(
                Record(position++, Event(Status(episode: episode), episode, episode: episode)),
                Record(position++, Event(Status(episode: episode) with { State = AlertState.Ended }, episode + 1, AlertState.Active, episode: episode)));
        }

        _fixture.Clock.Advance(TimeSpan.FromDays(399));
        await CleanAllAsync();
        Assert.Equal(["10|19"], _fixture.Query("SELECT (SELECT count(*) FROM episodes), (SELECT count(*) FROM events)"));

        _fixture.Clock.Advance(TimeSpan.FromDays(2));
        var steps = await CleanAllAsync();
        Assert.True(steps > 3, $"{steps} steps for 18 events with 3 rows a step.");
        Assert.Equal(["e1"], _fixture.Query("SELECT episode FROM episodes"));
        Assert.Equal(["e1"], _fixture.Query("SELECT episode FROM entries"));
        Assert.Equal(["1"], _fixture.Query("SELECT count(*) FROM events"));
        Assert.Equal(["11"], _fixture.Query("SELECT position FROM records")); // The newest census.
        Assert.Equal(["p1"], _fixture.Query("SELECT patient FROM stays"));
    }

    [Fact]
    public async Task CleanAsync_WithinTheHour_DoesNotLookAgain()
    {
        await _fixture.StoreAsync(Record(10, Event(Status() with { State = AlertState.Ended }, 0, AlertState.Active)));
        await CleanAllAsync();
        _fixture.Execute("UPDATE episodes SET ended = 0");
        _fixture.Clock.Advance(TimeSpan.FromMinutes(59));
        await CleanAllAsync();
        Assert.Equal(["1"], _fixture.Query("SELECT count(*) FROM episodes"));
        _fixture.Clock.Advance(TimeSpan.FromMinutes(2));
        await CleanAllAsync();
        Assert.Equal(["0"], _fixture.Query("SELECT count(*) FROM episodes"));
    }

    [Fact]
    public async Task CleanAsync_NothingTooOld_WritesNothing()
    {
        await _fixture.StoreAsync(Record(10, Event(Status())));
        var size = new FileInfo(_fixture.Path + "-wal").Length;
        await CleanAllAsync();
        Assert.Equal(size, new FileInfo(_fixture.Path + "-wal").Length);
    }

    private async Task<int> CleanAllAsync()
    {
        var steps = 1;
        for (; await _fixture.Store.CleanAsync(TestContext.Current.CancellationToken); steps++)
        {
        }

        return steps;
    }
}
