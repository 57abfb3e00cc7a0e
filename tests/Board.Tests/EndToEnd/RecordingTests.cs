using System.Globalization;
using IoTGateway.Board.Tests.Browser;
using IoTGateway.Tests.Support;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>
/// Goal: the chart of a patient is that of what was measured. Method: an hour of a real patient is replayed as fast as it goes; what the page draws is held
/// against the file. The picture stays in <c>pictures</c> beside the tests.
/// </summary>
[Collection(BrowserTests.Name)]
public sealed class RecordingTests(BrowserFixture browser, WardGateway gateway) : WardTest(browser, gateway)
{
    /// <summary>The recorded device stands at no bed, so it is its own patient: at a bed, what it measured before the bed was known would be of nobody.</summary>
    private const string Patient = "patient?id=mimic1-beacon";

    private const int ValuesLeast = 3_000;
    private const int PointsLeast = 200;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly (string Metric, string Signal, string Name)[] Charts =
        [("heart_rate", "hr", "Heart rate"), ("spo2", "spo2", "SpO2"), ("art_systolic_bp", "art_sbp", "ART systolic")];

    [Fact]
    public async Task PatientPage_AnHourOfARecordedPatient_DrawsWhatWasMeasured()
    {
        var recording = Repository.PathOf("tests/data/vitals/mimic_1p024s_hour.csv");
        await using var board = await OpenAsync();
        var begin = (TimeProvider.System.GetUtcNow() - TimeSpan.FromHours(1)).ToUnixTimeMilliseconds();
        await OutsideProcess.RunAsync(
            Path.Combine(AppContext.BaseDirectory, "firmware-sim"), "replay", recording, "--port", Gateway.MqttPort.ToString(CultureInfo.InvariantCulture),
            "--start", DateTimeOffset.FromUnixTimeMilliseconds(begin).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        await Eventually.HoldsAsync("the store has caught up", Deadline, IsStoredAsync, Cancellation);

        await using var open = await OpenAsync(Patient);
        var drawn = await DrawAsync(open);
        foreach (var (metric, signal, name) in Charts)
        {
            var series = drawn[signal];
            var expected = Measured(recording, metric).Where(sample => begin + sample.Time >= series.From && begin + sample.Time < series.To).Select(sample => sample.Value).ToList();
            Tell($"{signal}: {expected.Count} values of the file in the window, {series.Count} points from {series.Low} to {series.High}.");
            Assert.True(expected.Count >= ValuesLeast, $"Of {metric} only {expected.Count} values fall into the window.");
            Assert.True(series.Count >= PointsLeast, $"{series.Count} points are a poor chart of an hour.");
            Assert.Equal((expected.Min(), expected.Max()), (series.Low, series.High));

            var panel = open.Page.Locator(".chart-panel").Filter(new LocatorFilterOptions { Has = open.Page.Locator("figcaption strong").GetByText(name, new LocatorGetByTextOptions { Exact = true }) });
            await Expect(panel.Locator("canvas")).ToHaveAttributeAsync("data-points", series.Count.ToString(CultureInfo.InvariantCulture));
            await Expect(panel.Locator(".chart-summary")).ToContainTextAsync(string.Create(CultureInfo.InvariantCulture, $"{series.Low} to {series.High}"));
            var share = await ColumnsWithLineAsync(panel.Locator("canvas"));
            Tell($"{signal}: the line is in {share:P0} of the columns.");
            Assert.True(share > 0.9, $"The line of {signal} is in {share:P0} of the columns of its chart.");
        }

        var pictures = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "pictures")).FullName;
        await open.Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(pictures, "recorded-hour.png"), FullPage = true });
        Assert.Empty(open.Complaints);
    }

    /// <summary>Has the page draw an hour that stands still (back by half of it, and forward again), and returns what it was given for it.</summary>
    private static async Task<Dictionary<string, DrawnSeries>> DrawAsync(OpenPage open)
    {
        await Expect(open.Page.Locator(".chart-panel")).Not.ToHaveCountAsync(0);
        foreach (var (_, _, name) in Charts)
        {
            await Expect(open.Page.Locator($"canvas[aria-label^='{name} ']")).ToHaveAttributeAsync("data-points", new System.Text.RegularExpressions.Regex("^[1-9]"));
        }

        await open.Page.Keyboard.PressAsync("[");
        var back = await open.Page.EvaluateAsync<long>("() => Date.now()") - TimeSpan.FromMinutes(15).TotalMilliseconds;
        var answers = Charts.ToDictionary(
            chart => chart.Signal,
            chart => open.Page.WaitForResponseAsync(answer => DrawnSeries.SignalOf(answer.Url) == chart.Signal && DrawnSeries.ToOf(answer.Url) > back));
        await open.Page.Keyboard.PressAsync("]");
        var drawn = new Dictionary<string, DrawnSeries>();
        foreach (var (signal, answer) in answers)
        {
            drawn.Add(signal, await DrawnSeries.OfAsync(await answer));
        }

        return drawn;
    }

    private async Task<bool> IsStoredAsync() =>
        (await Gateway.ReadAsync("api/queues")).GetProperty("consumers").EnumerateArray()
            .Single(consumer => consumer.GetProperty("name").GetString() == "store").GetProperty("depth").GetInt64() == 0;

    /// <summary>What the file has of a metric: milliseconds from its begin, and value. A value of 0 or less says that nothing was measured.</summary>
    private static IEnumerable<(long Time, double Value)> Measured(string recording, string metric) => File.ReadLines(recording).Skip(1)
        .Select(line => line.Split(','))
        .Where(row => row[2] == metric)
        .Select(row => ((long)Math.Round(decimal.Parse(row[0], CultureInfo.InvariantCulture) * 1000), double.Parse(row[3], CultureInfo.InvariantCulture)))
        .Where(sample => sample.Item2 > 0);

    /// <summary>In which part of the columns between the axis and the right edge the line's own colour is.</summary>
    private static Task<double> ColumnsWithLineAsync(ILocator canvas) => canvas.EvaluateAsync<double>(
        """
        (canvas) => {
          const [axis, edge, near] = [50, 12, 60];
          const probe = document.createElement("canvas").getContext("2d");
          probe.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--chart-line").trim();
          probe.fillRect(0, 0, 1, 1);
          const colour = probe.getImageData(0, 0, 1, 1).data;
          const { width, height } = canvas;
          const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          const isLine = (at) => pixels[at + 3] > 128 && [0, 1, 2].reduce((sum, part) => sum + Math.abs(pixels[at + part] - colour[part]), 0) < near;
          let hits = 0;
          for (let x = axis; x < width - edge; x++) {
            for (let y = 0; y < height; y++) {
              if (isLine((y * width + x) * 4)) {
                hits++;
                break;
              }
            }
          }
          return hits / (width - edge - axis);
        }
        """);
}
