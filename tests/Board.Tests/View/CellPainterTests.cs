using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Board.View;
using IoTGateway.Readings;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.Tests.View;

public class CellPainterTests
{
    private static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 22, 14, 30, 0, TimeSpan.Zero));

    private readonly LastNumbers _lastNumbers = new();

    [Fact]
    public void Paint_NothingMeasured_MainSignalsKeepTheirPlaces()
    {
        var cells = Paint(new FakeBed("ICU", "1", "P"));

        Assert.Equal(["hr", "spo2", "rr", "pressure", "temp"], cells.Select(cell => cell.Id));
        Assert.All(cells, cell => Assert.Equal(("--", CellState.None, "no value yet"), (cell.Text, cell.State, cell.Note)));
    }

    [Fact]
    public void Paint_NoFixedPlaces_ShowsOnlyWhatIsThere() =>
        Assert.Equal(["spo2"], Paint(new FakeBed("unassigned", "", "mon", "mon").Has("spo2", 97), fixedPlaces: false).Select(cell => cell.Id));

    [Fact]
    public void Paint_AllOfAPressure_IsOneCellWithItsMean()
    {
        var cell = Cell(new FakeBed("ICU", "1", "P").Has("art_sbp", 124).Has("art_dbp", 71).Has("art_map", 89, TimeSpan.FromSeconds(9)), "pressure");

        Assert.Equal(("ART", "124/71", "(89)", "mmHg", "art_sbp"), (cell.Label, cell.Text, cell.Extra, cell.Unit, cell.Trace));
        Assert.Equal((Now - TimeSpan.FromSeconds(9)).UnixMilliseconds, cell.Time);
    }

    [Fact]
    public void Paint_PressureWithAFlushedPart_ShowsNoHalfPressure()
    {
        var cell = Cell(new FakeBed("ICU", "1", "P").Has("art_sbp", 124).Has("art_dbp", 0, quality: Quality.NoValue).Has("art_map", 89), "pressure");

        Assert.Equal(("--", CellState.None), (cell.Text, cell.State));
        Assert.Null(cell.Extra);
    }

    [Fact]
    public void Paint_OnlyAMeanPressure_IsNamedSo()
    {
        var cell = Cell(new FakeBed("ICU", "1", "P").Has("art_map", 89), "pressure");

        Assert.Equal(("ART mean", "89", "art_map"), (cell.Label, cell.Text, cell.Trace));
        Assert.Null(cell.Extra);
    }

    [Theory]
    [InlineData(1, 600, "ART", "NIBP")]
    [InlineData(600, 600, "NIBP", "ART")]
    [InlineData(600, 20_000, "ART", "NIBP")]
    public void Paint_ArteryAndCuff_TheFreshOneIsFirst(int arterySeconds, int cuffSeconds, string first, string second)
    {
        var cells = Paint(new FakeBed("ICU", "1", "P")
            .Has("art_sbp", 124, TimeSpan.FromSeconds(arterySeconds)).Has("art_dbp", 71, TimeSpan.FromSeconds(arterySeconds))
            .Has("sbp", 118, TimeSpan.FromSeconds(cuffSeconds)).Has("dbp", 66, TimeSpan.FromSeconds(cuffSeconds)));

        Assert.Equal(first, cells.Single(cell => cell.Id == "pressure").Label);
        Assert.Equal(second, cells.Single(cell => cell.Id == "pressure-2").Label);
    }

    [Theory]
    [InlineData(30, CellState.Fresh, "97", null)]
    [InlineData(31, CellState.Stale, "97", "at 14:29")]
    [InlineData(3600, CellState.Stale, "97", "at 13:30")]
    [InlineData(3601, CellState.Expired, "--", "last 97 % at 13:29")]
    [InlineData(86_400, CellState.Expired, "--", "last 97 % at 21 Nov 14:30")]
    [InlineData(-60, CellState.Fresh, "97", null)]
    public void Paint_Age_DecidesHowTheNumberIsShown(int seconds, object state, string text, string? note)
    {
        var cell = Cell(new FakeBed("ICU", "1", "P").Has("spo2", 97, TimeSpan.FromSeconds(seconds)), "spo2");

        Assert.Equal((state, text, note), ((object)cell.State, cell.Text, cell.Note));
    }

    [Fact]
    public void Paint_SignalWithoutTimesOfItsOwn_IsStaleAfterFiveMinutes()
    {
        Assert.Equal(CellState.Fresh, Cell(new FakeBed("ICU", "1", "P").Has("lactate", 1.25, TimeSpan.FromMinutes(5)), "lactate").State);
        Assert.Equal(CellState.Stale, Cell(new FakeBed("ICU", "1", "P").Has("lactate", 1.25, TimeSpan.FromMinutes(5.1)), "lactate").State);
    }

    [Theory]
    [InlineData(double.NaN, Quality.NoValue)]
    [InlineData(-999, Quality.NoValue)]
    [InlineData(double.NaN, Quality.Valid)]
    [InlineData(double.PositiveInfinity, Quality.Questionable)]
    public void Paint_NoValue_IsNeverANumber(double value, Quality quality)
    {
        var cell = Cell(new FakeBed("ICU", "1", "P").Has("spo2", value, quality: quality), "spo2");

        Assert.Equal(("--", CellState.None, "no value at 14:29"), (cell.Text, cell.State, cell.Note));
        Assert.Null(cell.TraceValue);
        Assert.False(cell.Questionable);
    }

    [Fact]
    public void Paint_SensorTakenOff_SaysTheLastNumberAndItsTime()
    {
        var bed = new FakeBed("ICU", "1", "P").HadAt("spo2", 97, Now - TimeSpan.FromSeconds(20));
        Paint(bed);
        bed.Has("spo2", double.NaN, quality: Quality.NoValue);

        Assert.Equal("last 97 % at 14:29", Cell(bed, "spo2").Note);
        Assert.Equal("last 97 % at 14:29", Cell(bed, "spo2").Note);
    }

    [Fact]
    public void Paint_AnotherPatientInTheBed_NeverShowsTheLastOnesNumber()
    {
        Paint(new FakeBed("ICU", "1", "P").Has("spo2", 97));

        var cell = Cell(new FakeBed("ICU", "1", "Q").Has("spo2", double.NaN, quality: Quality.NoValue), "spo2");

        Assert.Equal("no value at 14:29", cell.Note);
    }

    [Fact]
    public void Paint_Questionable_CarriesItsMark()
    {
        var cell = Cell(new FakeBed("ICU", "1", "P").Has("spo2", 44, quality: Quality.Questionable), "spo2");

        Assert.Equal(("44", true), (cell.Text, cell.Questionable));
    }

    [Fact]
    public void Paint_OtherForms_AreWrittenAsPeopleDo()
    {
        var cells = Paint(new FakeBed("ICU", "1", "P").Has("avpu", 'V').Has("o2", 1).Has("temp", 38.64).Has("lactate", 1.25).Has("battery", 12));

        Assert.Equal(("V", ""), (cells.Single(cell => cell.Id == "avpu").Text, cells.Single(cell => cell.Id == "avpu").Unit));
        Assert.Equal("on", cells.Single(cell => cell.Id == "o2").Text);
        Assert.Equal("38.6", cells.Single(cell => cell.Id == "temp").Text);
        Assert.Equal("Lactate", cells.Single(cell => cell.Id == "lactate").Label);
        Assert.DoesNotContain(cells, cell => cell.Id == "battery");
    }

    [Fact]
    public void Paint_PulseWithoutHeartRate_TakesItsPlace()
    {
        Assert.Equal("pulse", Paint(new FakeBed("ICU", "1", "P").Has("pulse", 71))[0].Id);
        Assert.Equal(["hr", "pulse"], Paint(new FakeBed("ICU", "1", "P").Has("hr", 72).Has("pulse", 71)).Select(cell => cell.Id).Where(id => id is "hr" or "pulse"));
    }

    private IReadOnlyList<CellView> Paint(FakeBed bed, bool fixedPlaces = true)
    {
        var tile = bed.ToTile(Now);
        _lastNumbers.BeginRound();
        return new CellPainter(tile, $"{tile.Ward}/{tile.Bed}/{tile.Patient}", Now, new SiteClock(Options.Create(new BoardOptions())), _lastNumbers).Paint(fixedPlaces);
    }

    private CellView Cell(FakeBed bed, string id) => Paint(bed).Single(cell => cell.Id == id);
}
