using IoTGateway.Board.Tests.Fakes;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>What holds for each page, whatever it shows.</summary>
[Collection(BrowserTests.Name)]
public class EveryPageTests(BrowserFixture browser)
{
    private readonly NightScene _scene = new(TimeProvider.System);

    [Theory]
    [MemberData(nameof(PicturesTests.Pages), MemberType = typeof(PicturesTests))]
    public async Task Page_UnderASubPath_AsksNothingBesideItAndComplainsOfNothing(string page, string filled)
    {
        await using var host = await _scene.StartAsync(TimeProvider.System, pathBase: "/hospital/ward");
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, "/hospital/ward/" + page));
        await Expect(open.Page.Locator(filled).First).ToBeAttachedAsync();

        Assert.All(open.Requests, request => Assert.Equal(host.Address.Authority, request.Authority));
        Assert.All(open.Requests, request => Assert.StartsWith("/hospital/ward/", request.AbsolutePath, StringComparison.Ordinal));
        Assert.Empty(open.Complaints);
    }

    [Theory]
    [InlineData("display?ward=ICU")]
    [InlineData("patient?id=P-1007")]
    [InlineData("alerts")]
    [InlineData("rules")]
    [InlineData("queues")]
    public async Task Page_GatewayLost_SaysSoOverTheWholePage(string page)
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, page));
        await Expect(open.Page.Locator("#clock")).Not.ToBeEmptyAsync();

        await host.StopAsync();

        await Expect(open.Page.Locator("#lost")).ToBeVisibleAsync();
        await Expect(open.Page.Locator("#lost")).ToContainTextAsync("values are not current");
    }

    [Theory]
    [InlineData("alerts", "#history", "keeps no archive")]
    [InlineData("handover", "#report", "keeps no archive")]
    [InlineData("load", "#report", "keeps no archive")]
    [InlineData("rules", "#files", "cannot be seen at this board")]
    [InlineData("queues", "#consumers", "cannot be seen at this board")]
    [InlineData("devices", "#channels", "there is no roster")]
    [InlineData("patient?id=P-1007", "#observe", "takes no observations")]
    public async Task Page_PartIsMissingInThisGateway_SaysWhichInWords(string page, string place, string words)
    {
        await using var host = await BoardHost.StartAsync(_scene.Ward, TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), new Uri(host.Address, page));

        await Expect(open.Page.Locator(place)).ToContainTextAsync(words);
    }

    [Fact]
    public async Task Theme_Pressed_IsKeptOnTheNextPage()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await open.Page.Locator("#theme").ClickAsync();
        await open.Page.GetByRole(AriaRole.Link, new PageGetByRoleOptions { Name = "Alerts" }).ClickAsync();

        await Expect(open.Page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Expect(open.Page.Locator("body")).ToHaveCSSAsync("background-color", "rgb(233, 238, 243)");
    }

    [Fact]
    public async Task Sound_UntilTheTestToneIsConfirmed_SaysBlocked()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var sound = open.Page.Locator("#sound");
        await Expect(sound).ToHaveTextAsync("SOUND BLOCKED");

        await sound.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Cancel" }).ClickAsync();
        await Expect(sound).ToHaveTextAsync("SOUND BLOCKED");
        await sound.ClickAsync();
        await open.Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Yes, I hear it" }).ClickAsync();
        await Expect(sound).ToHaveTextAsync("Sound on");

        await sound.ClickAsync();
        await Expect(sound).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Muted (2:00|1:5\\d)$"));
        await sound.ClickAsync();
        await Expect(sound).ToHaveTextAsync("Sound on");
        Assert.Empty(open.Complaints);
    }
}
