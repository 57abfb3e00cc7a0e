using System.Diagnostics;
using System.Globalization;
using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>Fifty beds whose values all change each second: no update is dropped, and what it costs is told.</summary>
[Collection(BrowserTests.Name)]
public class LoadTests(BrowserFixture browser, ITestOutputHelper output)
{
    private const int Beds = 50;
    private const int Rounds = 10;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Board_FiftyBedsAtOneHertz_ShowsEachRoundOfValues()
    {
        var ward = new FakeWard(TimeProvider.System);
        for (var number = 1; number <= Beds; number++)
        {
            Scenes.Vitals(ward.Add(new FakeBed("4 North", Name(number), $"P-{number}", $"mon-{number}")), 60, 97, 14, 120, 70, 36.8);
        }

        await using var host = await BoardHost.StartAsync(ward, TimeProvider.System, new WavyHistory());
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".tile")).ToHaveCountAsync(Beds);

        // The lines of the last hour are read once; what counts is how the page goes on.
        await Expect(open.Page.Locator(".trace-line[d^='M']")).ToHaveCountAsync(Beds * 4);

        // Each number that any heart rate ever showed, noted by the page itself.
        await open.Page.EvaluateAsync(
            """
            () => {
              window.seen = [...document.querySelectorAll('.tile')].map(() => new Set());
              document.querySelectorAll('.tile').forEach((tile, place) => {
                const text = tile.querySelector("[data-cell='hr'] .text");
                const note = () => window.seen[place].add(text.textContent);
                note();
                new MutationObserver(note).observe(text, { childList: true, characterData: true, subtree: true });
              });
            }
            """);
        using var own = Process.GetCurrentProcess();
        var (before, watch) = (own.TotalProcessorTime, Stopwatch.StartNew());
        var session = await open.Page.Context.NewCDPSessionAsync(open.Page);
        await session.SendAsync("Performance.enable", new Dictionary<string, object> { ["timeDomain"] = "threadTicks" });
        var busyBefore = await BusyAsync(session);
        for (var round = 1; round <= Rounds; round++)
        {
            ward.Change(() =>
            {
                for (var number = 1; number <= Beds; number++)
                {
                    Scenes.Vitals(ward.Bed(Name(number)), 100 + round, 97, 14, 120 + round, 70, 36.8);
                }
            });

            // A page takes frames at its own pace: the next round comes when this one is on the screen, and a second has passed.
            await Eventually.HoldsAsync($"round {round} on all beds", Deadline, async () => await SeenAsync(open, 100 + round) == Beds, Cancel);
            await Eventually.HoldsAsync("a second has passed", Deadline, () => watch.Elapsed >= TimeSpan.FromSeconds(round), Cancel);
        }

        own.Refresh();
        var seconds = watch.Elapsed.TotalSeconds;
        var busy = (await BusyAsync(session)).Select((part, place) => (part - busyBefore[place]) / seconds).ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Beds} beds, {seconds:F1} s: the page's thread was busy {busy[0]:P1} of a core (script {busy[1]:P1}, style {busy[2]:P1}, layout {busy[3]:P1}); server and test together {(own.TotalProcessorTime - before).TotalSeconds / seconds:P1}."));
        for (var round = 1; round <= Rounds; round++)
        {
            Assert.Equal(Beds, await SeenAsync(open, 100 + round));
        }

        Assert.Empty(open.Complaints);
    }

    private static string Name(int number) => $"4N-{number.ToString(CultureInfo.InvariantCulture)}";

    private static async Task<int> SeenAsync(OpenPage open, int value) =>
        await open.Page.EvaluateAsync<int>("value => window.seen.filter((one) => one.has(String(value))).length", value);

    // Seconds of processor time of the page's main thread, as the browser counts them: all, and what of it is script, style and layout.
    private static async Task<double[]> BusyAsync(ICDPSession session)
    {
        var metrics = (await session.SendAsync("Performance.getMetrics"))!.Value.GetProperty("metrics").EnumerateArray()
            .ToDictionary(metric => metric.GetProperty("name").GetString()!, metric => metric.GetProperty("value").GetDouble());
        return [metrics["TaskDuration"], metrics["ScriptDuration"], metrics["RecalcStyleDuration"], metrics["LayoutDuration"]];
    }
}
