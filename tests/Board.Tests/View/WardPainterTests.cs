using IoTGateway.Alerts;
using IoTGateway.Board.Http;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Board.View;
using IoTGateway.Rules;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace IoTGateway.Board.Tests.View;

public class WardPainterTests
{
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 22, 21, 14, 5, TimeSpan.Zero));
    private readonly WardPainter _painter;

    public WardPainterTests()
    {
        var options = Options.Create(new BoardOptions { DisplayName = "St Elsewhere" });
        _painter = new WardPainter(new SiteClock(options), new AssetStore(), options);
    }

    [Fact]
    public void Paint_EightBeds_CountsByPriorityAndListsTheUrgentFirst()
    {
        var header = Paint(Scenes.EightBeds(_clock)).Header;

        Assert.Equal((1, 3, 1, 4, 1), (header.High, header.Medium, header.Low, header.Calling, header.NotMonitored));
        Assert.Equal(["ICU-2", "ICU-2", "ICU-8", "ICU-3"], header.Urgent.Select(alert => alert.Place));
        Assert.Equal("SpO2 very low 84 % < 85 %", header.Urgent[0].Text);
        Assert.Equal(("ICU", "21:14:05", "Sun 22 Nov 2026", "ab12cd34"), (header.Title, header.Clock, header.Date, header.RuleSet));
        Assert.False(header.History);
    }

    [Fact]
    public void Paint_PendingAlert_IsNotShown()
    {
        var ward = new FakeWard(_clock);
        var bed = ward.Add(new FakeBed("ICU", "1", "P"));
        bed.Alert(bed.NewAlert("HR high", AlertPriority.High, ward.Now) with { State = AlertState.Pending });

        var picture = Paint(ward);

        Assert.Empty(picture.Beds[0].Alerts);
        Assert.Equal(("none", 0), (picture.Beds[0].Attention, picture.Header.High));
    }

    [Fact]
    public void Paint_AcknowledgedHighAndFreshMedium_DrawsAttentionToTheMedium()
    {
        var ward = new FakeWard(_clock);
        var bed = ward.Add(new FakeBed("ICU", "1", "P"));
        bed.Alert(bed.NewAlert("HR high", AlertPriority.High, ward.Now) with { Acknowledgement = new Acknowledgement("a", ward.Now, "") });
        bed.Alert(bed.NewAlert("RR high", AlertPriority.Medium, ward.Now));

        Assert.Equal("medium", Paint(ward).Beds[0].Attention);
    }

    [Fact]
    public void Paint_RuleErrors_TellSinceWhenForAsLongAsTheyStand()
    {
        var ward = new FakeWard(_clock) { RuleErrors = ["a.yaml:1:2: error"] };
        var first = Paint(ward).Header;
        _clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("The rule files are invalid since 21:14:05. The last good rules stay in force.", Assert.Single(first.Troubles));
        Assert.Equal(first.Troubles, Paint(ward).Header.Troubles);
        ward.RuleErrors = [];
        Assert.Empty(Paint(ward).Header.Troubles);
        ward.RuleErrors = ["a.yaml:1:2: error"];
        Assert.Contains("since 21:19:05", Assert.Single(Paint(ward).Header.Troubles), StringComparison.Ordinal);
    }

    [Fact]
    public void Paint_ManyRuleErrors_AreCutWithANumber()
    {
        var ward = new FakeWard(_clock) { RuleErrors = [.. Enumerable.Range(1, 20).Select(number => $"a.yaml:{number}:1: error\n  4 |   when: spo < 90\n      |         ^^^")] };

        var errors = Paint(ward).Header.RuleErrors;

        Assert.Equal(["a.yaml:1:1: error", "a.yaml:2:1: error"], errors.Take(2));
        Assert.StartsWith("and 18 more", Assert.Single(errors.Skip(2)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("none", "There are no valid rules.")]
    [InlineData("behind", "The rules are 5 s behind.")]
    [InlineData("incomplete", "The gateway is starting: the alerts are not complete yet.")]
    public void Paint_NobodyWouldBeWarned_EveryPatientIsNotMonitored(string trouble, string reason)
    {
        var ward = Scenes.EightBeds(_clock);
        ward.RuleSet = trouble == "none" ? "" : "abc";
        ward.RulesBehind = trouble == "behind" ? TimeSpan.FromSeconds(5.5) : TimeSpan.Zero;
        ward.AlertsComplete = trouble != "incomplete";

        var picture = Paint(ward);

        Assert.Equal(7, picture.Header.NotMonitored);
        Assert.Equal(reason, picture.Beds[0].NotMonitored);
        Assert.Equal("No live reading for 38 min.", picture.Beds[4].NotMonitored);
        Assert.Null(picture.Beds[5].NotMonitored);
        Assert.Equal("NOT MONITORED: " + reason, Assert.Single(picture.Header.Troubles));
    }

    [Fact]
    public void Paint_Devices_SayWhatIsKnownOfThem()
    {
        var ward = new FakeWard(_clock);
        ward.Add(new FakeBed("ICU", "1", "P", "a", "b", "c")).Has("battery", 12)
            .Device("b", false, ward.Now - TimeSpan.FromMinutes(14))
            .Device("c", null, ward.Now);

        var bed = Paint(ward).Beds[0];

        Assert.Equal(["online", "offline, last 21:00", "connection unknown"], bed.Devices.Select(device => device.Text));
        Assert.Equal("battery 12 %", bed.Battery);
    }

    [Fact]
    public void Paint_ManyWards_AreTitledWithTheBoardsName()
    {
        var ward = new FakeWard(_clock);
        for (var number = 1; number <= 4; number++)
        {
            ward.Add(new FakeBed($"W{number}", "1", $"P{number}"));
        }

        Assert.Equal("St Elsewhere", Paint(ward).Header.Title);
    }

    private WardPicture Paint(FakeWard ward) => _painter.Paint(ward.Snapshot());
}
