using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: a silence is seen, with its author and its end, and ends. Method: one of a minute from the tile is ended by hand, one of seconds by its time.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class SilenceTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    [Fact]
    public async Task Silence_FromTheTile_CountsDownAndIsEndedByAPerson()
    {
        await using var open = await OpenAsync();
        await Gateway.SendAsync("monitor-10", """{"spo2":84}""");
        var alert = Alert(open, "ICU-10", "SpO2 low");
        await Button(alert, "Silence").ClickAsync();
        var dialog = open.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Radio, new LocatorGetByRoleOptions { Name = "1 min", Exact = true }).CheckAsync();
        await dialog.GetByLabel("Reason").FillAsync("Suctioning");
        await Button(dialog, "Silence").ClickAsync();

        var line = alert.Locator(".silenced-line");
        await Expect(line).ToContainTextAsync("anna");
        await Expect(line).ToContainTextAsync("Suctioning");
        await Expect(line.Locator(".left")).ToHaveTextAsync(UnderAMinute());
        await Expect(alert).ToHaveAttributeAsync("data-calls", "false");
        await Expect(alert.Locator(".seen")).ToBeHiddenAsync();

        await Button(alert, "Unsilence").ClickAsync();
        await Expect(line).ToBeHiddenAsync();
        await Expect(alert).ToHaveAttributeAsync("data-calls", "true");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Silence_ItsTimeIsOver_CallsAgainByItself()
    {
        await using var open = await OpenAsync();
        await Gateway.SendAsync("monitor-10", """{"hr":140}""");
        var alert = Alert(open, "ICU-10", "Heart rate high");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "true");
        var standing = await Gateway.AlertAsync("p10", "Heart rate high");

        // The board offers minutes; only the interface takes seconds.
        await Gateway.OrderAsync(
            $"api/alerts/{Uri.EscapeDataString(standing.GetProperty("id").GetString()!)}/silence",
            new { episode = standing.GetProperty("episode").GetString(), seconds = 5, reason = "Sensor being changed", by = "bert" });

        await Expect(alert.Locator(".silenced-line")).ToContainTextAsync("bert");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "false");
        await Expect(alert.Locator(".silenced-line")).ToBeHiddenAsync();
        await Expect(alert).ToHaveAttributeAsync("data-calls", "true");
        await Expect(Button(alert, "Acknowledge")).ToBeVisibleAsync();
        Assert.Empty(open.Complaints);
    }

    [GeneratedRegex("^(0:[0-5][0-9]|1:00)$")]
    private static partial Regex UnderAMinute();
}
