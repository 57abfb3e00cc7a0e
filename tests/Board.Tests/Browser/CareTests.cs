using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Notifications;
using IoTGateway.Rules;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>What people do around a patient, and what the board shows of it.</summary>
[Collection(BrowserTests.Name)]
public class CareTests(BrowserFixture browser)
{
    private readonly NightScene _scene = new(TimeProvider.System);

    [Fact]
    public async Task CarePause_Begun_CountsDownOnTheTileAndEndsByAPress()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var tile = open.Tile("ICU-2");

        await tile.Locator(".care-button").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "5 min" }).ClickAsync();
        await Expect(tile.Locator(".pause-line")).ToContainTextAsync("CARE PAUSE for 4:");
        await Expect(tile.Locator(".pause-line")).ToContainTextAsync("by anna");
        await Expect(tile).ToHaveAttributeAsync("data-attention", "none");
        await Expect(tile.Locator(".alert").First).ToContainTextAsync("held back by the care pause");

        await tile.Locator(".care-button").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Resume now" }).ClickAsync();
        await Expect(tile.Locator(".pause-line")).ToBeHiddenAsync();
        await Expect(tile).ToHaveAttributeAsync("data-attention", "high");
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Standby_Begun_IsNeitherAllClearNorUnmonitored()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var tile = open.Tile("ICU-7");

        await tile.Locator(".care-button").ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Patient goes away" }).ClickAsync();
        await open.Page.GetByLabel("Reason").FillAsync("CT");
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Begin standby" }).ClickAsync();

        await Expect(tile.Locator(".standby-line")).ToContainTextAsync("STANDBY for ");
        await Expect(tile.Locator(".standby-line")).ToContainTextAsync("CT (anna)");
        await Expect(tile).ToHaveAttributeAsync("data-condition", "standby");
        await Expect(tile).Not.ToContainTextAsync("No active alerts");
        await Expect(tile.Locator(".not-monitored")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData("patient?id=P-1033", "#patient-head")]
    [InlineData("handover", ".hand-over-bed:has(h2:text-is('ICU-5'))")]
    [InlineData("display?ward=ICU", ".tile:has(h3:text-is('ICU-5')) .tile-state")]
    public async Task Standby_OnEachPage_SaysWhoAndWhyAndNotThatNobodyIsMonitored(string page, string place)
    {
        // As the gateway says it: nobody would be warned, and why.
        _scene.Ward.Bed("ICU-5").NotMonitored = "Standby by kim: Theatre, hip.";
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, page));

        await Expect(open.Page.Locator(place)).ToContainTextAsync(new System.Text.RegularExpressions.Regex("STANDBY.*Theatre, hip.*kim"));
        await Expect(open.Page.Locator(place)).Not.ToContainTextAsync("NOT MONITORED");
    }

    [Fact]
    public async Task Late_Seen_IsGone()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var tile = open.Tile("ICU-7");
        await Expect(tile.Locator(".late")).ToContainTextAsync("Late: while offline: lowest SpO2 82 %");

        await tile.Locator(".seen-button").ClickAsync();

        await Expect(tile.Locator(".late")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task Escalation_CountsDown_ThenSaysNobodyReached()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var alert = open.Tile("ICU-8").Locator(".alert");
        var status = _scene.Ward.Bed("ICU-8").Alerts.Single();

        _scene.Gateway.Escalations.Of(status, _scene.Ward.Now + TimeSpan.FromSeconds(42), "charge nurse", "Kim", _scene.Ward.Now);
        await Expect(alert.Locator(".next-line")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("Next: charge nurse in 0:[234]\\d"));
        await Expect(alert.Locator(".told")).ToHaveTextAsync("Kim was reached");

        _scene.Gateway.Escalations.Of(status, _scene.Ward.Now + TimeSpan.FromSeconds(58), "nurse", "Kim", _scene.Ward.Now, waitsFor: EscalationWait.Silence);
        await Expect(alert.Locator(".next-line")).ToContainTextAsync(new System.Text.RegularExpressions.Regex("After the silence: nurse in 0:[2345]\\d"));
        _scene.Gateway.Escalations.Of(status, null, "nurse", "Kim", _scene.Ward.Now, waitsFor: EscalationWait.Pause);
        await Expect(alert.Locator(".next-line")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex(@"^(NOBODY REACHED)?\s*After the care pause: nurse\s*$"));

        _scene.Gateway.Escalations.Of(status, _scene.Ward.Now + TimeSpan.FromSeconds(120), "all", "Kim", _scene.Ward.Now, PageState.GivenUp, nobody: true);
        await Expect(alert.Locator(".nobody-reached")).ToBeVisibleAsync();
        await Expect(open.Page.Locator(".count[data-kind='nobody']")).ToContainTextAsync("NOBODY REACHED");
    }

    [Fact]
    public async Task Silence_Ended_CallsAgain()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var tile = open.Tile("ICU-4");
        await Expect(tile.Locator(".silenced-line")).ToContainTextAsync("silenced for ");
        await Expect(tile).ToHaveAttributeAsync("data-attention", "none");

        await tile.Locator(".silence").ClickAsync();

        await Expect(tile.Locator(".silenced-line")).ToBeHiddenAsync();
        await Expect(tile).ToHaveAttributeAsync("data-attention", "low");
    }

    [Fact]
    public async Task Limit_ChangedOnThePatientPage_IsMarkedOnTheTile()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "patient?id=P-1018"));

        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Change the limit SpO2 low" }).ClickAsync();
        await open.Page.GetByLabel("Value in %").FillAsync("85");
        await open.Page.GetByLabel("Reason").FillAsync("known");
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Set the limit" }).ClickAsync();
        await Expect(open.Page.Locator("#limits")).ToContainTextAsync("≠ instead of 90");

        await open.Page.GotoAsync(host.Address.ToString());
        await Expect(open.Tile("ICU-7").Locator(".limits-line")).ToContainTextAsync("Limits changed: SpO2 low 85 until ");
    }

    [Fact]
    public async Task Transfer_Chosen_IsOrdered()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "patient?id=P-1007"));

        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Transfer" }).ClickAsync();
        await open.Page.Locator("dialog select[name='bed']").SelectOptionAsync(new SelectOptionValue { Label = "ICU-6 (ICU)" });
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Transfer", Exact = true }).ClickAsync();

        await Expect(open.Page.Locator("#notices")).ToContainTextAsync("P-1007 moved to ICU-6.");
        Assert.Equal(new Alerts.Census.TransferPatient("P-1007", "ICU", "ICU-6"), Assert.Single(_scene.Gateway.Census.Given));
    }

    [Fact]
    public async Task Display_OfAWard_HasNoButtonsAndNamesNobody()
    {
        _scene.Ward.Add(new FakeBed("4 North", "4N-1", "P-77", "mon-77")).Has("hr", 70);
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "display?ward=ICU"));

        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(8);
        await Expect(open.Page.Locator("#title")).ToHaveTextAsync("ICU");
        Assert.Equal(0, await open.Page.Locator("button:visible, a[href]:visible:not(.skip):not(.brand)").CountAsync());
        Assert.DoesNotContain("P-1007", await open.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_FileWithAnError_IsShownWithItsPosition()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "rules"));
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "10-adult.yaml" }).ClickAsync();
        var text = open.Page.Locator("#editor textarea");
        await Expect(text).ToHaveValueAsync(new System.Text.RegularExpressions.Regex("version: 1"));

        await text.FillAsync((await text.InputValueAsync()).Replace("when: spo2 <", "when: spo3 <", StringComparison.Ordinal));
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Check", Exact = true }).ClickAsync();

        var error = open.Page.Locator(".rule-diagnostic[data-error='true']").First;
        await Expect(error).ToContainTextAsync(new System.Text.RegularExpressions.Regex("10-adult\\.yaml:\\d+:\\d+ error "));
        await error.ClickAsync();
        Assert.Contains("spo3", await open.Page.EvaluateAsync<string>("() => { const t = document.querySelector('#editor textarea'); return t.value.slice(t.selectionStart - 8, t.selectionEnd + 8); }"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patient_ChartZoomedAndMoved_AsksForThatTimeWithItsPeaks()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "patient?id=P-1007"));
        await Expect(open.Page.Locator("canvas[data-points]").First).ToBeAttachedAsync();

        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "7 d" }).ClickAsync();
        await Expect(open.Page.Locator("[data-span][aria-pressed='true']")).ToHaveTextAsync("7 d");
        await open.Page.Keyboard.PressAsync("+");
        await open.Page.Keyboard.PressAsync("[");

        await Expect(open.Page.Locator("canvas").First).ToHaveAttributeAsync("aria-label", new System.Text.RegularExpressions.Regex("Heart rate from .* to \\d+ Nov"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Acknowledge_AlertRoseInPriorityMeanwhile_IsRefused()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var tile = open.Tile("ICU-8");
        await Expect(tile.Locator(".alert")).ToHaveCountAsync(1);
        await open.Page.RouteAsync("**/ack", async route =>
        {
            var bed = _scene.Ward.Bed("ICU-8");
            _scene.Ward.Change(() => bed.Alert(bed.Alerts.Single() with { Priority = AlertPriority.High, State = AlertState.Active }));
            await route.ContinueAsync();
        });

        await tile.Locator(".acknowledge").ClickAsync();

        await Expect(tile.Locator(".notice")).ToContainTextAsync("Not acknowledged: this alert has changed since you saw it.");
        Assert.Empty(_scene.Ward.Acknowledgements);
    }
}
