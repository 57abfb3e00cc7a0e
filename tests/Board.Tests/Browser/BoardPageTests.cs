using System.Diagnostics;
using IoTGateway.Alerts;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>What a nurse sees and does, in a real browser.</summary>
[Collection(BrowserTests.Name)]
public class BoardPageTests(BrowserFixture browser)
{
    // Within a second is promised; three times that is allowed on a machine that does other work beside.
    private static readonly TimeSpan AlertShownWithin = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _clock = TimeProvider.System;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Board_Opened_ShowsTheBedsInTheirOrderAndComplainsOfNothing()
    {
        var ward = Scenes.EightBeds(_clock);
        ward.Add(new FakeBed("unassigned", "", "mon-900", "mon-900")).Has("spo2", 95);
        await using var host = await BoardHost.StartAsync(ward, _clock, Scenes.HistoryOf(ward));
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);

        await Expect(open.Page.Locator(".bed")).ToHaveTextAsync(["ICU-1", "ICU-2", "ICU-3", "ICU-4", "ICU-5", "ICU-6", "ICU-7", "ICU-8", "mon-900"]);
        await Expect(open.Page.GetByRole(AriaRole.Heading, new PageGetByRoleOptions { Name = "Devices at no bed" })).ToBeVisibleAsync();
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("72");
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("bpm");
        await Expect(open.Cell("ICU-1", "temp")).ToContainTextAsync("52 min");
        await Expect(open.Cell("ICU-1", "pressure")).ToContainTextAsync("124/71");
        await Expect(open.Tile("ICU-1")).ToContainTextAsync("No active alerts");
        await Expect(open.Tile("ICU-1").Locator(".trace-line").First).ToHaveAttributeAsync("d", new System.Text.RegularExpressions.Regex("^M"));
        await Expect(open.Tile("ICU-1").Locator(".scores-off")).ToHaveTextAsync("NEWS2 off: age unknown");
        await Expect(open.Tile("ICU-8").Locator(".scores-off")).ToBeVisibleAsync();
        await Expect(open.Tile("ICU-2").Locator(".scores-off")).ToBeHiddenAsync();
        await Expect(open.Tile("ICU-6")).ToHaveAttributeAsync("data-condition", "empty");
        await Expect(open.Tile("ICU-7")).ToContainTextAsync("while offline: lowest SpO2 82 %");
        await Expect(open.Page.Locator(".intended-use")).ToHaveTextAsync("Supplementary information. The bedside alarms stay primary. Not a medical device as distributed.");

        Assert.Empty(open.Complaints);
        Assert.All(open.Requests, request => Assert.Equal(host.Address.Authority, request.Authority));
    }

    [Fact]
    public async Task Board_AlertRaised_IsShownAtOnceAndNoTileMoves()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);
        var before = await PlacesAsync(open);

        var watch = Stopwatch.StartNew();
        Raise(ward, "ICU-1", "Apnoea", AlertPriority.High, "0 /min", "8 /min");
        await Expect(open.Tile("ICU-1").Locator(".alert")).ToBeVisibleAsync();
        var took = watch.Elapsed;

        var alert = open.Tile("ICU-1").Locator(".alert");
        await Expect(alert).ToContainTextAsync("***");
        await Expect(alert).ToContainTextAsync("Apnoea");
        await Expect(alert).ToContainTextAsync("0 /min < 8 /min");
        await Expect(alert).ToContainTextAsync("HIGH");
        await Expect(alert).ToContainTextAsync("since ");
        await Expect(alert).ToHaveCSSAsync("background-color", "rgb(195, 32, 43)");
        await Expect(open.Page.Locator("#spoken-now")).ToContainTextAsync("HIGH: ICU-1, Apnoea");
        await Expect(open.Page.Locator(".urgent-item[data-priority='high']")).ToHaveCountAsync(2);
        await Expect(open.Page).ToHaveTitleAsync("(5) ICU");
        Assert.True(took < AlertShownWithin, $"The alert was shown after {took.TotalSeconds:F1} s.");
        Assert.Equal(before, await PlacesAsync(open));
    }

    [Fact]
    public async Task Board_ValuesChange_AreShownWithinSeconds()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("72");

        ward.Bed("ICU-1").Has("hr", 149);

        await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("149");
    }

    [Fact]
    public async Task Board_Acknowledge_AsksForANameOnceAndShowsWho()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, named: false);
        var alert = open.Tile("ICU-2").Locator(".alert").First;

        await alert.Locator(".acknowledge").ClickAsync();
        await open.Page.GetByLabel("Name or initials").FillAsync("Bert");
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Use this name" }).ClickAsync();
        await Expect(alert.Locator(".seen")).ToContainTextAsync("Acknowledged by Bert at ");
        await Expect(alert.Locator(".acknowledge")).ToBeHiddenAsync();

        await open.Tile("ICU-2").Locator(".alert").Nth(1).Locator(".acknowledge").PressAsync("Enter");
        await Expect(open.Tile("ICU-2")).ToHaveAttributeAsync("data-attention", "none");
        await Expect(open.Page.Locator("#acknowledging")).ToContainTextAsync("Acknowledging as Bert");
        Assert.Equal(["P-1007:spo2-very-low:1", "P-1007:heart-rate-high:1"], ward.Acknowledgements.Select(acknowledgement => acknowledgement.Episode));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Board_AcknowledgeThenCancelTheName_AcknowledgesNothing()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, named: false);
        var button = open.Tile("ICU-2").Locator(".alert").First.Locator(".acknowledge");

        await button.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel" }).ClickAsync();

        await Expect(button).ToBeEnabledAsync();
        Assert.Empty(ward.Acknowledgements);
    }

    [Fact]
    public async Task Board_AcknowledgeInOneWindow_IsSeenInAnother()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var first = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await using var second = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(second.Tile("ICU-2").Locator(".alert")).ToHaveCountAsync(2);

        await first.Tile("ICU-2").Locator(".alert").First.Locator(".acknowledge").ClickAsync();

        await Expect(second.Tile("ICU-2").Locator(".seen").First).ToContainTextAsync("by anna at ");
    }

    [Fact]
    public async Task Board_AcknowledgeAStaleEpisode_SaysSoAndShowsTheNewState()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var tile = open.Tile("ICU-8");
        await Expect(tile.Locator(".alert")).ToHaveCountAsync(1);

        // The alert is raised anew while the acknowledgement of the old episode is on its way.
        await open.Page.RouteAsync("**/ack", async route =>
        {
            var bed = ward.Bed("ICU-8");
            ward.Change(() => bed.Alert(bed.NewAlert("SpO2 low", AlertPriority.Medium, ward.Now, "61 %", "90 %", episode: 2)));
            await route.ContinueAsync();
        });
        await tile.Locator(".alert").Locator(".acknowledge").ClickAsync();

        await Expect(tile.Locator(".notice")).ToContainTextAsync("Not acknowledged: this alert has changed since you saw it. Look again. Now: SpO2 low 61 %, limit 90 %, active.");
        await Expect(tile.Locator(".alert:not([data-gone])")).ToHaveAttributeAsync("data-episode", "P-1060:spo2-low:2");
        await Expect(tile.Locator(".alert:not([data-gone]) .acknowledge")).ToBeEnabledAsync();
        Assert.Empty(ward.Acknowledgements);
    }

    [Fact]
    public async Task Board_NotMonitored_SaysSoInWordsAndIsNoAllClear()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);

        await Expect(open.Tile("ICU-5")).ToContainTextAsync("NOT MONITORED");
        await Expect(open.Tile("ICU-5")).ToContainTextAsync("No live reading for 38 min.");
        await Expect(open.Tile("ICU-5")).Not.ToContainTextAsync("No active alerts");
        await Expect(open.Tile("ICU-5")).ToHaveCSSAsync("border-top-style", "dashed");
        await Expect(open.Tile("ICU-1").Locator(".not-monitored")).ToBeHiddenAsync();
        await Expect(open.Page.Locator(".count[data-kind='not-monitored']")).ToContainTextAsync("1");
    }

    [Fact]
    public async Task Board_StaleValue_IsGreyAndKeptWithItsTime()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);

        var stale = open.Cell("ICU-7", "rr");
        await Expect(stale).ToHaveAttributeAsync("data-state", "stale");
        await Expect(stale.Locator(".text")).ToHaveTextAsync("12");
        await Expect(stale.Locator(".text")).ToHaveCSSAsync("color", "rgb(126, 139, 153)");
        await Expect(stale).ToContainTextAsync("4 min");
        await Expect(stale.Locator(".note")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^at (\d+ \w+ )?\d\d:\d\d$"));
        await Expect(open.Cell("ICU-7", "hr").Locator(".text")).ToHaveCSSAsync("color", "rgb(238, 243, 248)");
        await Expect(open.Cell("ICU-8", "spo2").Locator(".question")).ToBeVisibleAsync();
        await Expect(open.Cell("ICU-4", "spo2").Locator(".text")).ToHaveTextAsync("--");
        await Expect(open.Cell("ICU-4", "spo2").Locator(".note")).ToContainTextAsync("no value at ");
        await Expect(open.Tile("ICU-8")).ToContainTextAsync("? unverified");
    }

    [Fact]
    public async Task Board_HostileNames_AreOnlyText()
    {
        const string Hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'&";

        // What stands in an address has no slash: it is a level of MQTT topics too.
        var name = Hostile.Replace("/", "", StringComparison.Ordinal);
        var ward = new FakeWard(_clock) { RuleErrors = [Hostile] };
        var bed = ward.Add(new FakeBed(name, name, name, name)).Has("hr", 70);
        bed.Late = Hostile;
        bed.NotMonitored = Hostile;
        bed.Alert(bed.NewAlert(name, AlertPriority.High, ward.Now, Hostile, Hostile) with
        {
            Message = Hostile + "!",
            Reason = Hostile,
            Acknowledgement = new Acknowledgement(Hostile, ward.Now, Hostile),
        });
        bed.Alert(bed.NewAlert("Other", AlertPriority.High, ward.Now, Hostile, ""));
        await using var host = await BoardHost.StartAsync(ward, _clock, new FakeHistory(), configure: options => options.DisplayName = "<b>" + Hostile[..20]);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);

        await Expect(open.Page.Locator(".bed")).ToHaveTextAsync(name);
        await Expect(open.Page.Locator(".patient")).ToHaveTextAsync(name);
        await Expect(open.Page.Locator(".device-name")).ToHaveTextAsync(name);
        await Expect(open.Page.Locator(".alert-name").First).ToHaveTextAsync(name);
        await open.Page.Locator(".alert .acknowledge:visible").ClickAsync();
        await Expect(open.Page.Locator(".alert .acknowledge:visible")).ToHaveCountAsync(0);

        Assert.Equal(0, await open.Page.Locator("main img, main script").CountAsync());
        Assert.Empty(open.Complaints);
        Assert.Single(ward.Acknowledgements);
    }

    [Fact]
    public async Task Board_UnderASubPath_Works()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock, Scenes.HistoryOf(ward), pathBase: "/hospital/ward");
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "/hospital/ward"));

        await open.Tile("ICU-2").Locator(".alert").First.Locator(".acknowledge").ClickAsync();

        await Expect(open.Tile("ICU-2").Locator(".seen").First).ToContainTextAsync("anna");
        Assert.All(open.Requests, request => Assert.StartsWith("/hospital/ward", request.AbsolutePath, StringComparison.Ordinal));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Board_MoreUrgentAlertsThanTheStripIsWide_CountsThoseBeyondTheEdge()
    {
        var ward = new FakeWard(_clock);
        for (var number = 1; number <= 8; number++)
        {
            var bed = ward.Add(new FakeBed("ICU", $"ICU-{number}", $"P-{number}", "mon-" + number));
            bed.Alert(bed.NewAlert("Heart rate very high", AlertPriority.High, ward.Now, "160 bpm", "140 bpm"));
        }

        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, width: 1280, height: 800);
        await Expect(open.Page.Locator(".urgent-item")).ToHaveCountAsync(8);
        var whole = await open.Page.Locator(".urgent-item").EvaluateAllAsync<int>("(items) => items.filter((item) => item.getBoundingClientRect().right <= innerWidth + 1).length");
        Assert.InRange(whole, 1, 7);
        await Expect(open.Page.Locator(".urgent-beyond")).ToHaveTextAsync($"+{8 - whole} ›");

        await open.Page.EvaluateAsync("() => { const strip = document.getElementById('urgent'); strip.scrollLeft = strip.scrollWidth; }");
        await Expect(open.Page.Locator(".urgent-beyond")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Board_UrgentAlertChosen_LeadsToItsTile()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, width: 390, height: 844);

        await open.Page.Locator(".urgent-item").Nth(2).ClickAsync();

        await Expect(open.Tile("ICU-8")).ToBeFocusedAsync();
        await Expect(open.Tile("ICU-8")).ToBeInViewportAsync();
    }

    [Fact]
    public async Task Board_AlertEnds_IsGoneAndTheTileIsCalmAgain()
    {
        var ward = Scenes.EightBeds(_clock);
        await using var host = await BoardHost.StartAsync(ward, _clock);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Tile("ICU-8").Locator(".alert")).ToHaveCountAsync(1);

        ward.Change(() => ward.Bed("ICU-8").End("P-1060:spo2-low"));

        await Expect(open.Tile("ICU-8")).ToContainTextAsync("No active alerts");
        await Eventually.HoldsAsync("the strip has lost it", AlertShownWithin, async () => await open.Page.Locator(".urgent-item").CountAsync() == 3, Cancel);
    }

    private static void Raise(FakeWard ward, string bed, string name, AlertPriority priority, string value, string limit)
    {
        var where = ward.Bed(bed);
        ward.Change(() => where.Alert(where.NewAlert(name, priority, ward.Now, value, limit)));
    }

    private static async Task<string> PlacesAsync(OpenPage open) =>
        await open.Page.EvaluateAsync<string>(
            "() => [...document.querySelectorAll('.tile')].map((tile) => { const box = tile.getBoundingClientRect(); return `${Math.round(box.x)},${Math.round(box.y)}`; }).join(' ')");
}
