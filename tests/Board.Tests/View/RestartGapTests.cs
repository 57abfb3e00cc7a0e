using IoTGateway.Alerts;
using IoTGateway.Board.Http;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Board.View;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.View;

/// <summary>What was measured before a start of the gateway is grey until something newer comes.</summary>
public class RestartGapTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly WardPainter _painter;

    public RestartGapTests()
    {
        var options = Options.Create(new BoardOptions());
        _painter = new WardPainter(new SiteClock(options), new AssetStore(), options);
    }

    [Fact]
    public void Paint_NothingHeardBeforeTheStart_IsGreyWithTheGapUntilFresh()
    {
        var ward = new FakeWard(_clock);
        var bed = ward.Add(new FakeBed("ICU", "1", "P", "m")).HadAt("hr", 70, ward.Now - TimeSpan.FromSeconds(20)).HadAt("temp", 37, ward.Now - TimeSpan.FromHours(1));

        var before = _painter.Paint(ward.Snapshot());
        bed.HadAt("hr", 72, ward.Now);
        var after = _painter.Paint(ward.Snapshot());

        var old = Cell(before, "hr");
        Assert.Equal((CellState.Stale, "70", "at 21:13, before the restart"), (old.State, old.Text, old.Note));
        Assert.Equal(CellState.Fresh, Cell(before, "temp").State);
        Assert.Contains(before.Header.Troubles, trouble => trouble == "The gateway was started at 21:14:05 and had heard nothing since 21:13:45. Grey values are from before.");
        Assert.Equal(CellState.Fresh, Cell(after, "hr").State);
        Assert.Empty(after.Header.Troubles);
    }

    [Fact]
    public void Paint_HeardUntilTheStart_IsNoGap()
    {
        var ward = new FakeWard(_clock);
        ward.Add(new FakeBed("ICU", "1", "P", "m")).HadAt("hr", 70, ward.Now - TimeSpan.FromSeconds(3));

        Assert.Equal(CellState.Fresh, Cell(_painter.Paint(ward.Snapshot()), "hr").State);
    }

    [Theory]
    [InlineData(0, 0, false, "low", "0")]
    [InlineData(4, 4, false, "low", "4")]
    [InlineData(3, 3, true, "low-medium", "3")]
    [InlineData(5, 5, true, "medium", "5")]
    [InlineData(6, 6, false, "medium", "6")]
    [InlineData(7, 7, false, "high", "7")]
    [InlineData(0, 9, false, "incomplete", "≥ 0")]
    [InlineData(7, 12, false, "high", "≥ 7")]
    public void Score_EachBand_IsToldAndNeverLowWhereIncomplete(int lowest, int highest, bool singleThree, string band, string text)
    {
        var score = new ScoreView("NEWS2", lowest, highest, singleThree);

        Assert.Equal((band, text), (ScorePainter.Band(score), ScorePainter.Total(score)));
    }

    [Fact]
    public void Score_Rises_IsToldForAnHour()
    {
        var ward = new FakeWard(_clock);
        var bed = ward.Add(new FakeBed("ICU", "1", "P", "m"));
        bed.Score = new ScoreView("NEWS2", 3, 3, false);
        _painter.Paint(ward.Snapshot());
        bed.Score = new ScoreView("NEWS2", 5, 5, false);

        Assert.Equal("up", _painter.Paint(ward.Snapshot()).Beds[0].Score!.Trend);
        _clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Null(_painter.Paint(ward.Snapshot()).Beds[0].Score!.Trend);
    }

    private static CellView Cell(WardPicture picture, string id) => picture.Beds[0].Cells.Single(cell => cell.Id == id);
}
