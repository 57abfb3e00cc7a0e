using System.Text.RegularExpressions;
using IoTGateway.Board.Tests.Browser;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>Goal: everybody sees who is told next and when, and that nobody was reached. Method: a rule with stages of seconds, a pager behind which nobody listens.</summary>
[Collection(BrowserTests.Name)]
public sealed partial class EscalationTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    [Fact]
    public async Task Escalation_NobodyAnswers_CountsDownToNobodyReachedAndEndsWithAnAcknowledgement()
    {
        await using var open = await OpenAsync();
        var tile = open.Tile("ICU-12");
        await Expect(tile).ToBeVisibleAsync();

        // Every second is to be seen, however slowly the test itself looks.
        await tile.EvaluateAsync(
            """
            (tile) => {
              window.countdown = [];
              const note = () => {
                const line = tile.querySelector(".next-line");
                const words = line && !line.hidden ? line.innerText.replace(/\s+/g, " ").trim() : "";
                if (words && window.countdown.at(-1) !== words) window.countdown.push(words);
              };
              new MutationObserver(note).observe(tile, { subtree: true, childList: true, characterData: true, attributes: true });
            }
            """);
        await Gateway.SendAsync("monitor-12", """{"rr":4}""");
        var alert = Alert(open, "ICU-12", "Respiration low");
        await Expect(alert).ToHaveAttributeAsync("data-nobody", "true");
        await Expect(alert.Locator(".nobody-reached")).ToBeVisibleAsync();
        await Expect(alert.Locator(".next-line")).ToHaveTextAsync(NobodyReached());
        await Expect(open.Page.Locator(".count[data-kind='nobody']")).ToContainTextAsync("NOBODY REACHED");
        await Expect(open.Page.Locator("#urgent")).ToContainTextAsync("NOBODY REACHED");
        await Expect(alert.Locator(".told")).ToContainTextAsync("pager could NOT be told");

        var seen = await open.Page.EvaluateAsync<string[]>("() => window.countdown");
        Tell(string.Join("; ", seen));
        var nurse = SecondsOf(seen, "charge nurse");
        var physician = SecondsOf(seen, "on-call physician");
        Assert.True(nurse.Count >= 3, $"The countdown to the charge nurse was seen at {string.Join(", ", nurse)} s.");
        Assert.True(physician.Count >= 3, $"The countdown to the physician was seen at {string.Join(", ", physician)} s.");
        Assert.Equal(nurse.OrderDescending(), nurse);
        Assert.Equal(physician.OrderDescending(), physician);

        await Button(alert, "Acknowledge").ClickAsync();
        await Expect(alert).ToHaveAttributeAsync("data-nobody", "false");
        await Expect(alert.Locator(".next-line")).ToBeHiddenAsync();
        await Expect(open.Page.Locator(".count[data-kind='nobody']")).ToHaveCountAsync(0);
        Assert.Empty(open.Complaints);
    }

    private static List<int> SecondsOf(string[] seen, string role) =>
        [.. seen.Where(words => words.StartsWith($"Next: {role} in 0:", StringComparison.Ordinal)).Select(words => int.Parse(words[^2..], System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex(@"NOBODY REACHED\s*again in [12]:\d\d$")]
    private static partial Regex NobodyReached();
}
