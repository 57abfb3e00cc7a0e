using System.Diagnostics;
using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Browser;
using IoTGateway.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: a board that lost its gateway never looks calm, and what is from before is told from what is now. Method: SIGKILL, and a start on the same ports.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class KilledGatewayTests(BrowserFixture browser)
{
    private const string Restarted = "had heard nothing since";

    /// <summary>The promise is 5 s; a machine that does other work beside gets three times that.</summary>
    private static readonly TimeSpan LostWithin = TimeSpan.FromSeconds(5) * 3;

    /// <summary>A shorter gap is none to the board.</summary>
    private static readonly TimeSpan Gap = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = (float)Deadline.TotalMilliseconds };
    private static readonly LocatorAssertionsToBeHiddenOptions SoonHidden = new() { Timeout = (float)Deadline.TotalMilliseconds };

    [Fact]
    public async Task Gateway_KilledAndBack_IsToldOverTheWholePageAndTheGapIsGreyUntilFresh()
    {
        var chromium = await browser.GetAsync();
        await using var gateway = new WardGateway();
        await using var open = await OpenPage.OpenAsync(chromium, await gateway.StartAsync());
        await gateway.SendAsync("monitor-4", """{"hr":140,"spo2":97}""");
        var alert = open.Tile("ICU-4").Locator(".alert");
        await alert.GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).ClickAsync();
        await Expect(alert.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");
        await Expect(open.Cell("ICU-4", "hr")).ToHaveAttributeAsync("data-state", "fresh");
        var episode = await alert.GetAttributeAsync("data-episode");
        var sinceReading = Stopwatch.StartNew();

        var watch = Stopwatch.StartNew();
        await gateway.KillAsync();
        var cover = open.Page.Locator("#lost");
        await cover.WaitForAsync();
        var took = watch.Elapsed;
        TestContext.Current.TestOutputHelper?.WriteLine($"From SIGKILL to the page that says so: {took.TotalMilliseconds:F0} ms.");
        Assert.True(took < LostWithin, $"The page said so after {took.TotalSeconds:F1} s.");
        await Expect(cover).ToContainTextAsync("CONNECTION TO THE GATEWAY LOST");
        await Expect(open.Page.Locator("#lost-since")).ToHaveTextAsync(Since());
        var box = await cover.BoundingBoxAsync();
        Assert.Equal((0, 0, 1920, 1080), ((int)box!.X, (int)box.Y, (int)box.Width, (int)box.Height));
        Assert.True(await open.Page.Locator("main").EvaluateAsync<bool>("(main) => main.inert"), "What is under the cover can still be pressed.");

        await Eventually.HoldsAsync("the gap is one", Deadline, () => sinceReading.Elapsed > Gap, TestContext.Current.CancellationToken);
        watch.Restart();
        await gateway.StartAgainAsync();
        await Expect(cover).ToBeHiddenAsync(SoonHidden);
        TestContext.Current.TestOutputHelper?.WriteLine($"From the start to the page that is whole again: {watch.ElapsedMilliseconds} ms.");

        // What it knew is there, grey, and the page says why.
        await Expect(open.Page.Locator("#troubles")).ToContainTextAsync(Restarted);
        await Expect(open.Cell("ICU-4", "hr").Locator(".number")).ToContainTextAsync("140");
        await Expect(open.Cell("ICU-4", "hr")).ToHaveAttributeAsync("data-state", "stale");
        await Expect(open.Cell("ICU-4", "hr")).ToContainTextAsync("before the restart");
        await Expect(open.Cell("ICU-4", "spo2")).ToHaveAttributeAsync("data-state", "stale");
        var same = open.Tile("ICU-4").Locator($".alert[data-episode='{episode}']");
        await Expect(same).ToBeVisibleAsync(Soon);
        await Expect(same.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");

        // Each value is fresh again when it has come; the page's own sentence goes with the last of them.
        await gateway.SendAsync("monitor-4", """{"hr":139}""");
        await Expect(open.Cell("ICU-4", "hr")).ToHaveAttributeAsync("data-state", "fresh");
        await Expect(open.Cell("ICU-4", "hr").Locator(".number")).ToContainTextAsync("139");
        await Expect(open.Cell("ICU-4", "spo2")).ToHaveAttributeAsync("data-state", "stale");
        await gateway.SendAsync("monitor-4", """{"spo2":96}""");
        await Expect(open.Cell("ICU-4", "spo2")).ToHaveAttributeAsync("data-state", "fresh");
        await Expect(open.Page.Locator("#troubles")).Not.ToContainTextAsync(Restarted);
        await Expect(same.Locator(".seen")).ToContainTextAsync("Acknowledged by anna");
    }

    [GeneratedRegex(@"^since \d\d:\d\d:\d\d: values are not current$")]
    private static partial Regex Since();
}
