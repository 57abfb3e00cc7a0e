using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: a care pause holds back what care brings about, and never what kills. Method: the saturation falls during a pause, first a little, then far.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class CarePauseTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    [Fact]
    public async Task CarePause_SevereDesaturation_BreaksItAndCalls()
    {
        await using var open = await OpenAsync();
        await Gateway.SendAsync("monitor-11", """{"spo2":97}""");
        var tile = open.Tile("ICU-11");
        await Expect(open.Cell("ICU-11", "spo2")).ToContainTextAsync("97");
        await PauseAsync(open);
        var pause = tile.Locator(".pause-line");
        await Expect(pause).ToContainTextAsync("CARE PAUSE for ");
        await Expect(pause.Locator(".left")).ToHaveTextAsync(UnderTwoMinutes());

        await Gateway.SendAsync("monitor-11", """{"spo2":84}""");
        var alert = Alert(open, "ICU-11", "SpO2 low");
        await Expect(alert).ToHaveAttributeAsync("data-priority", "medium");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "false");
        await Expect(alert).ToContainTextAsync("held back by the care pause");
        await Expect(pause).ToBeVisibleAsync();

        await Gateway.SendAsync("monitor-11", """{"spo2":71}""");
        await Expect(alert).ToHaveAttributeAsync("data-priority", "high");
        await Expect(alert).ToHaveAttributeAsync("data-calls", "true");
        await Expect(alert).Not.ToContainTextAsync("held back");
        await Expect(pause).ToBeHiddenAsync();

        // While it stands there is no pause.
        await PauseAsync(open);
        await Expect(open.Page.Locator(".notices .notice[data-good='false']")).ToContainTextAsync("SpO2 low");
        await Expect(pause).ToBeHiddenAsync();

        await using var patient = await OpenAsync("patient?id=p11");
        await Expect(patient.Page.Locator("#timeline")).ToContainTextAsync("broken by SpO2 low");
    }

    private static async Task PauseAsync(OpenPage open)
    {
        await Button(open.Tile("ICU-11"), "Care").ClickAsync();
        await open.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "2 min" }).ClickAsync();
    }

    [GeneratedRegex("^(1:[0-5][0-9]|2:00)$")]
    private static partial Regex UnderTwoMinutes();
}
