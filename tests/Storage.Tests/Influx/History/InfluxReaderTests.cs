using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using IoTGateway.Storage.Influx;
using IoTGateway.Storage.Influx.History;
using Microsoft.Extensions.Time.Testing;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx.History;

/// <summary>
/// What InfluxDB 2 and 3 are asked, and how their answers are read. No server of theirs can be had here: the answers are written after their documentation, and that
/// the questions are right Flux and SQL is not proven by a test.
/// </summary>
public sealed class InfluxReaderTests : IDisposable
{
    private readonly CannedServer _server = new();
    private readonly HttpClient _http;

    public InfluxReaderTests() => _http = new HttpClient(_server);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _http.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Series_OfInflux2_IsPutTogetherFromItsTables()
    {
        _server.Answers["pivot"] = "";
        _server.Answers["aggregateWindow"] = """
            ,result,table,_time,_value
            ,low,0,2026-11-22T12:00:00Z,60
            ,low,0,2026-11-22T12:30:00Z,70

            ,result,table,_time,_value
            ,high,1,2026-11-22T12:00:00Z,90
            ,high,1,2026-11-22T12:30:00Z,70

            ,result,table,_time,_value
            ,sum,2,2026-11-22T12:00:00Z,225
            ,sum,2,2026-11-22T12:30:00Z,70

            ,result,table,_time,_value
            ,count,3,2026-11-22T12:00:00Z,3
            ,count,3,2026-11-22T12:30:00Z,1

            """;

        var series = await History(2).SeriesAsync("p\"1${x}", "hr", Noon, Noon + TimeSpan.FromHours(1), 2, Cancellation);

        Assert.Equal([new SeriesPoint(Noon, 60, 90, 75, false), new SeriesPoint(Noon + TimeSpan.FromMinutes(30), 70, 70, 70, false)], series);
        Assert.All(_server.Asked, asked => Assert.Equal(("/api/v2/query?org=hospital", "Token secret"), (asked.Path, asked.Authorization)));
        Assert.All(_server.Asked, asked => Assert.Contains("""r.patient == "p\"1\${x}" """.TrimEnd(), asked.Query, StringComparison.Ordinal));
        Assert.Contains(_server.Asked, asked => asked.Query.Contains($"range(start: time(v: {Noon.UnixMilliseconds}000000)", StringComparison.Ordinal));
        Assert.Contains(_server.Asked, asked => asked.Query.Contains("every: 1800000ms, offset: 0ms, fn: min", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Series_OfInflux2WithMarkedValues_LeavesOutWhatDoesNotCount()
    {
        _server.Answers["exists r.quality"] = """
            ,result,table,_time,hr,quality
            ,_result,0,2026-11-22T12:00:10Z,-100,hr=no-value spo2=questionable
            ,_result,0,2026-11-22T12:40:00Z,70,"spo2=no-value hr=questionable"

            """;
        _server.Answers["pivot"] = """
            ,result,table,_time,hr,quality
            ,_result,0,2026-11-22T12:00:10Z,-100,hr=no-value spo2=questionable
            ,_result,0,2026-11-22T12:00:20Z,64,

            ,result,table,_time,hr
            ,_result,1,2026-11-22T12:00:30Z,66

            """;
        _server.Answers["aggregateWindow"] = """
            ,result,table,_time,_value
            ,low,0,2026-11-22T12:00:00Z,-100
            ,high,0,2026-11-22T12:00:00Z,66
            ,sum,0,2026-11-22T12:00:00Z,30
            ,count,0,2026-11-22T12:00:00Z,3
            ,low,0,2026-11-22T12:30:00Z,70
            ,high,0,2026-11-22T12:30:00Z,70
            ,sum,0,2026-11-22T12:30:00Z,70
            ,count,0,2026-11-22T12:30:00Z,1

            """;

        var series = await History(2).SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 2, Cancellation);

        Assert.Equal([new SeriesPoint(Noon + TimeSpan.FromSeconds(20), 64, 66, 65, false), new SeriesPoint(Noon + TimeSpan.FromMinutes(30), 70, 70, 70, true)], series);
    }

    [Fact]
    public async Task Series_OfInflux3_IsPutTogetherFromItsRows()
    {
        _server.Answers["quality\" ~"] = """[{"time":"2026-11-22T12:40:00.5","value":70.0,"quality":"hr=questionable"}]""";
        _server.Answers["date_bin"] = """
            [{"start":"2026-11-22T12:00:00","low":60.0,"high":90.0,"sum":225.0,"count":3},{"start":"2026-11-22T12:30:00","low":70.0,"high":70.0,"sum":70.0,"count":1}]
            """;

        var series = await History(3).SeriesAsync("it's p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 2, Cancellation);

        Assert.Equal([new SeriesPoint(Noon, 60, 90, 75, false), new SeriesPoint(Noon + TimeSpan.FromMinutes(30), 70, 70, 70, true)], series);
        Assert.All(_server.Asked, asked => Assert.Equal(("/api/v3/query_sql", "Bearer secret"), (asked.Path, asked.Authorization)));
        Assert.All(_server.Asked, asked => Assert.Contains("\"patient\" = 'it''s p1'", asked.Query, StringComparison.Ordinal));
        Assert.Contains(_server.Asked, asked => asked.Query.Contains($"date_bin(INTERVAL '1800000 milliseconds', time, to_timestamp_millis({Noon.UnixMilliseconds}))", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Latest_OfInflux2_IsThatOfEachFieldWithItsMark()
    {
        _server.Answers["yield(name: \"at0\")"] = """
            ,result,table,_time,_value,device
            ,at0,0,2026-11-22T12:00:10Z,spo2=questionable,m1
            ,at0,0,2026-11-22T12:00:10Z,hr=no-value,m2

            """;
        _server.Answers["last()"] = """
            ,result,table,_time,_value,_field,device
            ,_result,0,2026-11-22T12:00:10Z,64,hr,m1
            ,_result,1,2026-11-22T12:00:10Z,97,spo2,m1

            ,result,table,_time,_value,_field,device
            ,_result,2,2026-11-22T12:00:05Z,V,avpu,m1

            """;

        var latest = await History(2).LatestAsync("p\"1", Cancellation);

        Assert.Equal(
            [
                new LatestPoint("avpu", Noon + TimeSpan.FromSeconds(5), 'V', false),
                new LatestPoint("hr", Noon + TimeSpan.FromSeconds(10), 64, false),
                new LatestPoint("spo2", Noon + TimeSpan.FromSeconds(10), 97, true),
            ],
            latest);
        Assert.All(_server.Asked, asked => Assert.Contains("""r.patient == "p\"1" """.TrimEnd(), asked.Query, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Latest_OfInflux3_AsksOnlyForFieldsThatThereAre()
    {
        _server.Answers["information_schema"] = """[{"column_name":"hr"},{"column_name":"avpu"},{"column_name":"quality"},{"column_name":"time"}]""";
        _server.Answers["UNION ALL"] = """
            [{"signal":"hr","time":"2026-11-22T12:00:10","value":"64.5","quality":"hr=questionable"},{"signal":"avpu","time":"2026-11-22T12:00:05","value":"V"}]
            """;

        var latest = await History(3).LatestAsync("it's p1", Cancellation);

        Assert.Equal([new LatestPoint("avpu", Noon + TimeSpan.FromSeconds(5), 'V', false), new LatestPoint("hr", Noon + TimeSpan.FromSeconds(10), 64.5, true)], latest);
        var query = _server.Asked[^1].Query;
        Assert.Contains("\"patient\" = 'it''s p1'", query, StringComparison.Ordinal);
        Assert.DoesNotContain("\"spo2\"", query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Latest_LastDoesNotCount_AsksFurtherBack()
    {
        _server.Answers["information_schema"] = """[{"column_name":"hr"},{"column_name":"quality"}]""";
        _server.Answers["ORDER BY time DESC"] = """[{"signal":"hr","time":"2026-11-22T12:00:00","value":"-100.0","quality":"hr=no-value"}]""";
        _server.Answers[$"to_timestamp_millis({(Noon - TimeSpan.FromHours(3)).UnixMilliseconds})"] = """[{"time":"2026-11-22T10:30:00","value":64.0,"quality":""},{"time":"2026-11-22T10:20:00","value":60.0}]""";

        Assert.Equal([new LatestPoint("hr", Noon - TimeSpan.FromMinutes(90), 64, false)], await History(3).LatestAsync("p1", Cancellation));
    }

    [Theory]
    [InlineData(2, "not a table\n1,2\n")]
    [InlineData(2, ",result,table,_time,_value\n,_result,0,2026-11-22T12:00:00Z,60\n")]
    [InlineData(2, ",result,table,_time,_value,_field\n,_result,0,yesterday,60,hr\n")]
    [InlineData(3, "{}")]
    [InlineData(3, """[{"name":"hr"}]""")]
    public async Task Latest_AnswerOfAnotherForm_IsAnErrorInWords(int version, string answer)
    {
        _server.Answers[""] = answer;

        var failure = await Assert.ThrowsAsync<HistoryException>(() => History(version).LatestAsync("p1", Cancellation));

        Assert.StartsWith("http://influx:8086 ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Latest_NothingStored_IsEmpty(int version) => Assert.Empty(await History(version).LatestAsync("p1", Cancellation));

    [Theory]
    [InlineData("Error during planning: table 'public.iox.vitals' not found")]
    [InlineData("Schema error: No field named hr.")]
    public async Task Series_OfInflux3ThatHasNothingYet_IsEmpty(string words)
    {
        _server.Status = HttpStatusCode.BadRequest;
        _server.Answers[""] = $$"""{"error":"{{words}}"}""";

        Assert.Empty(await History(3).SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 2, Cancellation));
    }

    [Theory]
    [InlineData(2, "not a table\n1,2\n")]
    [InlineData(2, ",result,table,_time,_value\n,low,0,yesterday,60\n")]
    [InlineData(3, "{}")]
    [InlineData(3, "<html>")]
    public async Task Series_AnswerOfAnotherForm_IsAnErrorInWords(int version, string answer)
    {
        _server.Answers[""] = answer;

        var failure = await Assert.ThrowsAsync<HistoryException>(() => History(version).SeriesAsync("p1", "hr", Noon, Noon + TimeSpan.FromHours(1), 2, Cancellation));

        Assert.StartsWith("http://influx:8086 ", failure.Message, StringComparison.Ordinal);
    }

    private InfluxHistory History(int version) => new(
        new InfluxOptions { Version = version, Url = new Uri("http://influx:8086"), Database = "iot", Org = version == 2 ? "hospital" : null, Token = "secret" },
        Catalogue,
        _http,
        new FakeTimeProvider());

    /// <summary>Answers a question by a word that it contains.</summary>
    private sealed class CannedServer : HttpMessageHandler
    {
        public Dictionary<string, string> Answers { get; } = [];

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public List<(string Path, string Authorization, string Query)> Asked { get; } = [];

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!;
            var query = (string?)body["query"] ?? (string)body["q"]!;
            Asked.Add((request.RequestUri!.PathAndQuery, request.Headers.Authorization!.ToString(), query));
            var answer = Answers.Where(each => query.Contains(each.Key, StringComparison.Ordinal)).Select(each => each.Value).FirstOrDefault() ?? (query.Contains("SELECT", StringComparison.Ordinal) ? "[]" : "");
            return new HttpResponseMessage(Status) { Content = new StringContent(answer, Encoding.UTF8, "application/json") };
        }
    }
}
