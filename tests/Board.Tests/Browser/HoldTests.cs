using IoTGateway.Board.Tests.Fakes;
using IoTGateway.Rules;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>Nothing moves under a pointer or a focus.</summary>
[Collection(BrowserTests.Name)]
public class HoldTests(BrowserFixture browser)
{
    private readonly NightScene _scene = new(TimeProvider.System);

    [Fact]
    public async Task Strip_PointerOverIt_KeepsItsOrderAndAppendsWhatIsNew()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".urgent-item")).ToHaveCountAsync(4);
        var before = await PlacesAsync(open);

        await StirAsync(open, async () =>
        {
            Raise("ICU-1", "Apnoea", AlertPriority.High);
            await Expect(open.Page.Locator(".urgent-item")).ToHaveCountAsync(5);
        });

        await Expect(open.Page.Locator(".urgent-place").Last).ToHaveTextAsync("ICU-1");
        Assert.Equal(before, (await PlacesAsync(open)).Take(4));

        // The hold is over: the most urgent comes first again.
        await open.Page.Mouse.MoveAsync(900, 900);
        await Expect(open.Page.Locator(".urgent-place").Nth(1)).ToHaveTextAsync("ICU-1");
    }

    [Fact]
    public async Task Strip_AlertEndsUnderThePointer_StaysMarkedUntilTheHoldIsOver()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        await Expect(open.Page.Locator(".urgent-item")).ToHaveCountAsync(4);
        var before = await PlacesAsync(open);

        await StirAsync(open, async () =>
        {
            _scene.Ward.Change(() => _scene.Ward.Bed("ICU-2").End("P-1007:spo2-very-low"));
            await Expect(open.Page.Locator(".urgent-item[data-gone]")).ToHaveCountAsync(1);
        });

        Assert.Equal(before, await PlacesAsync(open));
        await open.Page.Mouse.MoveAsync(900, 900);
        await Expect(open.Page.Locator(".urgent-item")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Tile_SecondAlertComes_TheFirstOnesButtonStaysWhereItIs()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address);
        var button = open.Tile("ICU-8").Locator(".acknowledge").First;
        await Expect(button).ToBeVisibleAsync();
        await button.HoverAsync();
        var before = await button.BoundingBoxAsync();

        Raise("ICU-8", "Apnoea", AlertPriority.High);
        await Expect(open.Tile("ICU-8").Locator(".alert")).ToHaveCountAsync(2);

        var after = await button.BoundingBoxAsync();
        Assert.Equal((before!.X, before.Y), (after!.X, after.Y));
        await Expect(open.Tile("ICU-8").Locator(".alert-name").First).ToHaveTextAsync("SpO2 low");
    }

    [Fact]
    public async Task Phone_TileAboveGrows_TheFocusedButtonStaysWhereItIs()
    {
        await using var host = await _scene.StartAsync(TimeProvider.System);
        await using var open = await OpenPage.OpenAsync(await browser.GetAsync(), host.Address, width: 390, height: 844);
        var button = open.Tile("ICU-8").Locator(".acknowledge").First;
        await button.ScrollIntoViewIfNeededAsync();
        await button.FocusAsync();
        var before = await button.BoundingBoxAsync();

        Raise("ICU-7", "Apnoea", AlertPriority.High);
        await Expect(open.Tile("ICU-7").Locator(".alert")).ToHaveCountAsync(1);

        var after = await button.BoundingBoxAsync();
        Assert.True(Math.Abs(before!.Y - after!.Y) <= 1, $"It moved from {before.Y} to {after.Y}.");
    }

    // A pointer that never rests: each look at the page could take longer than the hold on a busy machine.
    private static async Task StirAsync(OpenPage open, Func<Task> run)
    {
        var box = await open.Page.Locator(".urgent").BoundingBoxAsync();
        await open.Page.Mouse.MoveAsync(box!.X + 42, box.Y + 15);
        var running = true;
        var stirring = Task.Run(async () =>
        {
            for (var step = 0; running; step++)
            {
                await open.Page.Mouse.MoveAsync(box.X + 40 + step % 2, box.Y + 15);
            }
        });
        await run();
        running = false;
        await stirring;
    }

    private void Raise(string bed, string name, AlertPriority priority)
    {
        var where = _scene.Ward.Bed(bed);
        _scene.Ward.Change(() => where.Alert(where.NewAlert(name, priority, _scene.Ward.Now, "0 /min", "8 /min")));
    }

    private static async Task<double[]> PlacesAsync(OpenPage open) =>
        await open.Page.EvaluateAsync<double[]>("() => [...document.querySelectorAll('.urgent-item')].map((item) => item.getBoundingClientRect().x)");
}
