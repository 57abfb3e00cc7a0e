using System.Diagnostics;
using IoTGateway.Board.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: an alert is seen at once and by all, and an answer counts only for what was seen. Method: readings are published while windows are open.</summary>
[Collection(BrowserTests.Name)]
public sealed class AlertTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    private const int Raises = 5;

    /// <summary>The promise is a second; a machine that does other work beside gets three times that.</summary>
    private static readonly TimeSpan ShownWithin = TimeSpan.FromSeconds(1) * 3;

    [Fact]
    public async Task Alert_Raised_IsShownWithinASecondOfThePublish()
    {
        await using var open = await OpenAsync();
        await Gateway.SendAsync("monitor-1", """{"spo2":97}""");
        await Expect(open.Cell("ICU-1", "spo2")).ToContainTextAsync("97");
        var took = new List<TimeSpan>();
        for (var raise = 0; raise < Raises; raise++)
        {
            await Expect(open.Tile("ICU-1")).ToContainTextAsync("No active alerts");
            var watch = Stopwatch.StartNew();
            await Gateway.SendAsync("monitor-1", """{"spo2":84}""");
            await Alert(open, "ICU-1", "SpO2 low").WaitForAsync();
            took.Add(watch.Elapsed);
            await Gateway.SendAsync("monitor-1", """{"spo2":97}""");
        }

        Tell($"From the publish to the alert on the page: {string.Join(", ", took.Select(each => $"{each.TotalMilliseconds:F0} ms"))}.");
        Assert.All(took, each => Assert.True(each < ShownWithin, $"The alert was shown after {each.TotalSeconds:F1} s."));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Alert_AcknowledgedInOneWindow_IsSeenAcknowledgedInAnother()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        await Gateway.SendAsync("monitor-2", """{"spo2":84}""");
        var alert = Alert(second, "ICU-2", "SpO2 low");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "true");

        await Button(Alert(first, "ICU-2", "SpO2 low"), "Acknowledge").ClickAsync();

        await Expect(alert.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "false");
        await Expect(Button(alert, "Acknowledge")).ToBeHiddenAsync();
        Assert.Empty(first.Complaints.Concat(second.Complaints));
    }

    [Fact]
    public async Task Acknowledgement_OfAnAlertThatHasBecomeMoreUrgent_IsRefusedInWords()
    {
        await using var open = await OpenAsync();
        await Gateway.SendAsync("monitor-3", """{"spo2":84}""");
        var alert = Alert(open, "ICU-3", "SpO2 low");
        await Expect(alert).ToHaveAttributeAsync("data-priority", "medium");

        // It becomes worse while the acknowledgement is on its way.
        await open.Page.RouteAsync("**/ack", async route =>
        {
            await Gateway.SendAsync("monitor-3", """{"spo2":72}""");
            await Gateway.AlertAsync("p3", "SpO2 low", now => now.GetProperty("priority").GetString() == "high");
            await route.ContinueAsync();
        });
        var answer = await open.Page.RunAndWaitForResponseAsync(() => Button(alert, "Acknowledge").ClickAsync(), "**/ack");

        Assert.Equal(409, answer.Status);
        await Expect(open.Tile("ICU-3").Locator(".notice")).ToHaveTextAsync(
            "Not acknowledged: this alert has changed since you saw it. Look again. Now: SpO2 low 72 %, limit 80 %, active.");
        await Expect(alert).ToHaveAttributeAsync("data-priority", "high");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "true");
        await open.Page.UnrouteAsync("**/ack");

        await Button(alert, "Acknowledge").ClickAsync();
        await Expect(alert.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");
    }
}
