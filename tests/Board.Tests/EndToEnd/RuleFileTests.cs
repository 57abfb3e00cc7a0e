using IoTGateway.Board.Tests.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: whoever breaks a rule file is told where. Method: a bad file is put among those of a running gateway, and taken away again.</summary>
[Collection(BrowserTests.Name)]
public sealed class RuleFileTests(BrowserFixture browser)
{
    private const string Bad = "version: 1\nrules:\n  - alert: Own rule\n    when: hrr > 70\n    priority: low\n    message: \"HR {hr}\"\n";

    /// <summary>Files are looked at every second or so.</summary>
    private static readonly LocatorAssertionsToContainTextOptions Soon = new() { Timeout = 60_000 };

    [Fact]
    public async Task RuleFile_Bad_IsShownWithItsPlaceOnTheBoardAndOnTheRulesPage()
    {
        var chromium = await browser.GetAsync();
        await using var gateway = new WardGateway();
        var address = await gateway.StartAsync();
        await using var board = await OpenPage.OpenAsync(chromium, address);
        await using var rules = await OpenPage.OpenAsync(chromium, new Uri(address, "rules"));
        var inForce = rules.Page.Locator("#rules-state");
        await Expect(inForce).ToContainTextAsync("In force: ");
        await Expect(board.Page.Locator(".rule-error")).ToHaveCountAsync(0);
        var before = await inForce.TextContentAsync();

        var file = Path.Combine(gateway.RulesDirectory, "90-own.yaml");
        await File.WriteAllTextAsync(file, Bad, TestContext.Current.CancellationToken);

        await Expect(board.Page.Locator("#troubles")).ToContainTextAsync("The last good rules stay in force.", Soon);
        await Expect(board.Page.Locator(".rule-error")).ToContainTextAsync("90-own.yaml:4:11: error R040: there is no signal or limit named 'hrr'");
        await Expect(board.Page.Locator("#rule-set")).ToContainTextAsync("in force");
        await Expect(inForce).ToContainTextAsync("The files have errors: the last good rules stay in force.", Soon);
        var place = rules.Page.Locator(".rule-diagnostic[data-error='true']");
        await Expect(place).ToContainTextAsync("90-own.yaml:4:11");
        await Expect(place).ToContainTextAsync("there is no signal or limit named 'hrr'");

        // A press on it leads to the very word.
        await place.ClickAsync();
        await Expect(rules.Page.Locator("#editor-title")).ToHaveTextAsync("90-own.yaml");
        var chosen = await rules.Page.Locator(".rule-text").EvaluateAsync<string>("(text) => text.value.slice(text.selectionStart, text.selectionEnd)");
        Assert.Equal("hrr", chosen);

        File.Delete(file);
        await Expect(inForce).ToHaveTextAsync(before!, new LocatorAssertionsToHaveTextOptions { Timeout = 60_000 });
        await Expect(board.Page.Locator(".rule-error")).ToHaveCountAsync(0);
        Assert.Empty(board.Complaints.Concat(rules.Complaints));
    }
}
