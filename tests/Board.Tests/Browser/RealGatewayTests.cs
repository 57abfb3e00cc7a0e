using System.Diagnostics;
using System.Globalization;
using IoTGateway.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.Browser;

/// <summary>
/// Goal: the board does its work with the real gateway behind it. Method: a foreign client publishes readings; the page shows the alert, acknowledges it,
/// says that the gateway is lost when it is killed, and shows the values again when it is back.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class RealGatewayTests(BrowserFixture browser) : IDisposable
{
    private const string Census = """
        version: 1
        wards:
          - ward: ICU
            monitored: [hr, spo2]
            beds:
              - { bed: ICU-1, patient: p1, devices: [monitor-1] }
              - { bed: ICU-2 }
        """;

    /// <summary>The promise is 5 s; a shared machine gets three times that.</summary>
    private static readonly TimeSpan LostWithin = TimeSpan.FromSeconds(5) * 3;

    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Board_AlertAcknowledgedThenGatewayKilledAndBack_ShowsEachAsItIs()
    {
        var publish = OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients");
        var chromium = await browser.GetAsync();
        await File.WriteAllTextAsync(_directory["census.yaml"], Census, Cancellation);
        var gateway = await StartAsync(0, 0);
        try
        {
            await PublishAsync(publish, gateway, """{"hr":121,"spo2":74}""");
            await using var open = await OpenPage.OpenAsync(chromium, gateway.Board);
            var within = new LocatorAssertionsToContainTextOptions { Timeout = 30_000 };
            await Expect(open.Cell("ICU-1", "spo2")).ToContainTextAsync("74", within);
            await Expect(open.Tile("ICU-1")).ToContainTextAsync("SpO2 low", within);

            await open.Tile("ICU-1").GetByRole(AriaRole.Button, new LocatorGetByRoleOptions { Name = "Acknowledge" }).First.ClickAsync();
            await Expect(open.Tile("ICU-1")).ToContainTextAsync("Acknowledged by anna", within);

            var watch = Stopwatch.StartNew();
            await gateway.KillAsync(Cancellation);
            var cover = open.Page.GetByText("CONNECTION TO THE GATEWAY LOST");
            await Expect(cover).ToBeVisibleAsync(new LocatorAssertionsToBeVisibleOptions { Timeout = 30_000 });
            Assert.True(watch.Elapsed < LostWithin, $"The page said so after {watch.Elapsed.TotalSeconds:F1} s.");

            var (mqtt, http) = (gateway.MqttPort, gateway.Board.Port);
            gateway.Dispose();
            gateway = await StartAsync(mqtt, http);
            await Expect(cover).ToBeHiddenAsync(new LocatorAssertionsToBeHiddenOptions { Timeout = 30_000 });
            await Expect(open.Cell("ICU-1", "spo2")).ToContainTextAsync("74", within);
            await Expect(open.Cell("ICU-1", "hr")).ToContainTextAsync("121", within);
            await Expect(open.Tile("ICU-1")).ToContainTextAsync("SpO2 low", within);
            await Expect(open.Tile("ICU-1")).ToContainTextAsync("Acknowledged by anna", within);
        }
        finally
        {
            gateway.Dispose();
        }
    }

    private Task<GatewayProcess> StartAsync(int mqttPort, int httpPort) =>
        GatewayProcess.StartAsync("run", _directory["data"], mqttPort, httpPort, Cancellation, "--census", _directory["census.yaml"]);

    private static Task PublishAsync(string program, GatewayProcess gateway, string payload) =>
        OutsideProcess.RunAsync(
            program, "-p", gateway.MqttPort.ToString(CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/monitor-1/vitals", "-m", payload);
}
