using IoTGateway.Tests.Support;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(IoTGateway.Board.Tests.Browser.BrowserFixture))]

namespace IoTGateway.Board.Tests.Browser;

/// <summary>One Chromium of this machine for all browser tests; started by the first of them.</summary>
public sealed class BrowserFixture : IAsyncDisposable
{
    // Nothing of the browser itself may go out to the network: the tests assert that the page asks no other host.
    private static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-default-apps",
        "--disable-domain-reliability",
        "--disable-sync",
        "--no-first-run",
        "--no-pings",
    ];

    private readonly SemaphoreSlim _starting = new(1, 1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser; skips the test where there is none.</summary>
    public async Task<IBrowser> GetAsync()
    {
        var chromium = OutsidePrograms.Require("chromium", "chromium");
        await _starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            // A deadline to give up at, not a promise: what is promised is measured by the test that says so.
            Assertions.SetDefaultExpectTimeout(20_000);
            _playwright ??= await Playwright.CreateAsync();
            return _browser ??= await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Args = Arguments });
        }
        finally
        {
            _starting.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _starting.Dispose();
    }
}
