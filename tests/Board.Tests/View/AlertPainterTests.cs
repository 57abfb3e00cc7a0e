using IoTGateway.Alerts;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Board.View;
using IoTGateway.Readings;
using IoTGateway.Rules;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board.Tests.View;

public class AlertPainterTests
{
    private static readonly Instant Now = Instant.From(new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero));
    private static readonly SiteClock Clock = new(Options.Create(new BoardOptions { TimeZone = "Europe/Berlin" }));

    private readonly AlertStatus _alert = new FakeBed("ICU", "1", "P").NewAlert("SpO2 low", AlertPriority.High, Now - TimeSpan.FromMinutes(35), "86 %", "88 %");

    [Theory]
    [InlineData("86 %", "88 %", "86 % < 88 %")]
    [InlineData("128 bpm", "120 bpm", "128 bpm > 120 bpm")]
    [InlineData("38.50 °C", "38.5 °C", "38.50 °C, limit 38.5 °C")]
    [InlineData("-1", "0", "-1 < 0")]
    [InlineData("V", "A", "V, not A")]
    [InlineData("V", "V", "V")]
    [InlineData("at least 5 (incomplete)", "5", "at least 5 (incomplete), limit 5")]
    [InlineData("on", "off", "on, limit off")]
    [InlineData("86 %", "", "86 %")]
    [InlineData("", "88 %", null)]
    public void Comparison_ValueAndLimit_SaysWhichIsGreater(string value, string limit, string? expected) =>
        Assert.Equal(expected, AlertPainter.Comparison(value, limit));

    [Theory]
    [InlineData(AlertPriority.High, AlertKind.Physiological, "***", "HIGH")]
    [InlineData(AlertPriority.Medium, AlertKind.Physiological, "**", "MEDIUM")]
    [InlineData(AlertPriority.Low, AlertKind.Physiological, "*", "LOW")]
    [InlineData(AlertPriority.High, AlertKind.Technical, "!!!", "HIGH technical")]
    [InlineData(AlertPriority.Low, AlertKind.Technical, "!", "LOW technical")]
    public void Paint_PriorityAndKind_CanBeToldWithoutColour(AlertPriority priority, AlertKind kind, string mark, string words)
    {
        var view = AlertPainter.Paint(_alert with { Priority = priority, Kind = kind }, null, Clock, Now);

        Assert.Equal((mark, words), (view.Mark, view.Words));
    }

    [Fact]
    public void Paint_BegunBeforeMidnightOfTheSite_HasItsDate() =>
        Assert.Equal("22 Nov 23:55", AlertPainter.Paint(_alert, null, Clock, Now).SinceText);

    [Fact]
    public void Paint_Latched_SaysThatItIsOverAndWaits()
    {
        var view = AlertPainter.Paint(_alert with { State = AlertState.Latched, Changed = Now }, null, Clock, Now);

        Assert.Equal("over since 00:30, kept until acknowledged", view.StateText);
        Assert.True(view.Calls);
    }

    [Fact]
    public void Paint_Clearing_SaysThatItIsStillWatched() =>
        Assert.Equal("recovering, still watched", AlertPainter.Paint(_alert with { State = AlertState.Clearing }, null, Clock, Now).StateText);

    [Fact]
    public void Paint_Acknowledged_SaysByWhomAndWhenAndCallsNobody()
    {
        var view = AlertPainter.Paint(_alert with { Acknowledgement = new Acknowledgement("anna", Now, "") }, null, Clock, Now);

        Assert.Equal(("anna at 00:30", false), (view.Acknowledged, view.Calls));
    }

    [Fact]
    public void Paint_SuppressedAndSilenced_AreToldAndCallNobody()
    {
        var view = AlertPainter.Paint(_alert with { Suppressed = true, Silence = new Silence("nurse-1", "at the bedside", Now, Now), Unverified = true }, null, Clock, Now);

        Assert.Equal("held back: another alert says the same", view.StateText);
        Assert.Equal("by nurse-1: at the bedside", view.Silence);
        Assert.Equal(Now.UnixMilliseconds, view.SilencedUntil);
        Assert.False(view.Calls);
        Assert.True(view.Unverified);
    }
}
