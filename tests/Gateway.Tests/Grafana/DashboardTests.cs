using System.Text.Json;
using System.Text.RegularExpressions;
using IoTGateway.Gateway.Tests.EndToEnd;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.Grafana;

/// <summary>The queries of the dashboards are answered by real servers that the gateway has written to, or that read it.</summary>
public sealed partial class DashboardTests : EndToEndTest
{
    private const string Reading =
        """{"hr":72,"pulse":72,"spo2":97,"rr":14,"etco2":38,"art_sbp":120,"art_dbp":70,"art_map":87,"sbp":118,"dbp":72,"map":88,"temp":36.8}""";

    /// <summary>What there is nothing of while all is well.</summary>
    private static readonly string[] EmptyWhileAllIsWell = ["Parked and given up", "Refused", "Pages", "Oldest page that waits"];

    [Theory]
    [InlineData("influxdb1")]
    [InlineData("influxdb2")]
    [InlineData("influxdb3")]
    [InlineData("prometheus")]
    public void Dashboard_OfEachSource_HasItsOwnNameAndPanelsThatDoNotOverlap(string source)
    {
        var all = Dashboards.Of(source).ToList();

        Assert.NotEmpty(all);
        Assert.All(all, each =>
        {
            Assert.StartsWith("iotgateway-", each.Dashboard.GetProperty("uid").GetString(), StringComparison.Ordinal);
            var places = each.Dashboard.GetProperty("panels").EnumerateArray().SelectMany(panel =>
            {
                var place = panel.GetProperty("gridPos");
                var (x, y, w, h) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32(), place.GetProperty("w").GetInt32(), place.GetProperty("h").GetInt32());
                Assert.InRange(x + w, 1, 24);
                return Enumerable.Range(x, w).SelectMany(column => Enumerable.Range(y, h).Select(row => (column, row)));
            }).ToList();
            Assert.Equal(places.Count, places.Distinct().Count());
        });
    }

    [Fact]
    public async Task InfluxQueries_OfEveryPanel_AreAnsweredByARealInflux1()
    {
        await using var server = await InfluxServer.StartNewAsync();
        await server.QueryAsync("CREATE DATABASE iot");
        await File.WriteAllTextAsync(PathOf("settings.json"), $$"""{ "Storage": { "Influx": { "Url": "{{server.Url}}", "Database": "iot" } } }""", Cancellation);
        using var gateway = await StartGatewayAsync(0, "--config", PathOf("settings.json"));
        await OutsideProcess.RunAsync(OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients"), "-p", gateway.MqttPort.ToString(System.Globalization.CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/m1/vitals", "-m", Reading);
        await Eventually.HoldsAsync("the reading is in the database", Deadline, async () => (await server.QueryAsync("SELECT hr FROM vitals")).Length == 1, Cancellation);
        var (ward, patient) = ((await server.QueryAsync("SHOW TAG VALUES FROM vitals WITH KEY = ward"))[0].Split('|')[1], (await server.QueryAsync("SHOW TAG VALUES FROM vitals WITH KEY = patient"))[0].Split('|')[1]);

        foreach (var (file, dashboard) in Dashboards.Of("influxdb1"))
        {
            foreach (var query in Dashboards.VariablesOf(dashboard))
            {
                Assert.NotEmpty(await server.QueryAsync(Filled(query)));
            }

            foreach (var (title, query) in Dashboards.QueriesOf(dashboard, "query"))
            {
                Assert.True(title == "Not valid" || (await server.QueryAsync(Filled(query))).Length == 1, $"{file}, '{title}': {Filled(query)} has no answer.");
            }
        }

        string Filled(string query) => query.Replace("$timeFilter", "time > now() - 6h", StringComparison.Ordinal).Replace("$__interval", "6h", StringComparison.Ordinal)
            .Replace("${ward}", ward, StringComparison.Ordinal).Replace("${patient}", patient, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PrometheusQueries_OfEveryPanel_AreAnsweredByARealPrometheus()
    {
        var program = OutsidePrograms.Require("prometheus", "prometheus");
        using var gateway = await StartGatewayAsync();
        var configuration = PathOf("prometheus.yml");
        await File.WriteAllTextAsync(
            configuration, $"scrape_configs:\n  - job_name: iotgateway\n    scrape_interval: 500ms\n    static_configs: [{{ targets: ['{gateway.Board.Authority}'] }}]\n", Cancellation);
        using var prometheus = new OutsideProcess(program, "--config.file=" + configuration, "--storage.tsdb.path=" + PathOf("prometheus"), "--web.listen-address=127.0.0.1:0", "--log.level=info");
        Uri? address = null;
        await Eventually.HoldsAsync("Prometheus says where it listens", Deadline, () => (address = AddressOf(prometheus.Output)) is not null, Cancellation);
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = address };
        await OutsideProcess.RunAsync(OutsidePrograms.Require("mosquitto_pub", "mosquitto-clients"), "-p", gateway.MqttPort.ToString(System.Globalization.CultureInfo.InvariantCulture), "-q", "1", "-t", "devices/m1/vitals", "-m", Reading);
        await Eventually.HoldsAsync("the gateway was read a few times", Deadline, async () => await CountAsync(http, "count_over_time(iotgateway_queue_size_bytes[1m]) > 3") == 1, Cancellation);

        foreach (var (_, dashboard) in Dashboards.Of("prometheus"))
        {
            foreach (var (title, query) in Dashboards.QueriesOf(dashboard, "expr"))
            {
                var count = await CountAsync(http, query);
                Assert.True(count > 0 || EmptyWhileAllIsWell.Contains(title), $"'{title}': {query} has no answer.");
            }
        }

        // What is shown only when something is wrong is at least a name that the gateway knows.
        var documented = await File.ReadAllTextAsync(Repository.PathOf("docs/operations.md"), Cancellation) + await File.ReadAllTextAsync(Repository.PathOf("docs/notifications.md"), Cancellation);
        var names = Dashboards.Of("prometheus").SelectMany(each => Dashboards.QueriesOf(each.Dashboard, "expr")).SelectMany(each => MetricName().Matches(each.Query)).Select(match => match.Value.Replace("_bucket", "", StringComparison.Ordinal));
        Assert.All(names, name => Assert.Contains(name, documented, StringComparison.Ordinal));
    }

    private static async Task<int> CountAsync(HttpClient http, string query)
    {
        using var response = await http.GetAsync(new Uri("api/v1/query?query=" + Uri.EscapeDataString(query), UriKind.Relative), Cancellation);
        var text = await response.Content.ReadAsStringAsync(Cancellation);
        Assert.True(response.IsSuccessStatusCode, $"{query}: {text}");
        return JsonDocument.Parse(text).RootElement.GetProperty("data").GetProperty("result").GetArrayLength();
    }

    private static Uri? AddressOf(string output) => ListensAt().Match(output) is { Success: true } match ? new Uri($"http://{match.Groups[1].Value}/") : null;

    [GeneratedRegex(@"Listening on"".*?address=(127\.0\.0\.1:[1-9]\d*)")]
    private static partial Regex ListensAt();

    [GeneratedRegex("iotgateway_[a-z_]+")]
    private static partial Regex MetricName();
}
