using System.Globalization;
using System.Net;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Storage.Influx;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx;

/// <summary>What the server is asked before the first write, requests at the same time, and the lines that InfluxDB 3 names.</summary>
public sealed class InfluxRequestsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Noon.ToDateTimeOffset());
    private readonly FakeInflux _server = new();
    private readonly HttpClient _http;
    private readonly List<RejectedRow> _rejected = [];
    private InfluxSink _sink;

    public InfluxRequestsTests()
    {
        _http = new HttpClient(_server) { Timeout = Timeout.InfiniteTimeSpan };
        _sink = Make(1);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _sink.Dispose();
        _http.Dispose();
        _server.Dispose();
    }

    [Theory]
    [InlineData(1, "1.8.10", true)]
    [InlineData(1, "v2.7.1", false)]
    [InlineData(2, "v2.7.1", true)]
    [InlineData(2, "1.6.7~rc0", false)]
    [InlineData(3, "3.2.1", true)]
    [InlineData(3, "2.7.1", false)]
    [InlineData(2, "unknown", true)]
    public async Task Store_FirstTime_GoesByWhatTheServerSaysItIs(int version, string told, bool isTheOne)
    {
        _sink = Make(version);
        _server.Ping = () => FakeInflux.Version(told);

        var storing = StoreAsync(Rows(1));

        Assert.Equal(isTheOne, storing.IsCompletedSuccessfully);
        Assert.Equal(isTheOne ? 1 : 0, _server.Requests.Count);
        if (!isTheOne)
        {
            Assert.Contains($"says that it is InfluxDB {told.TrimStart('v')}, and Storage:Influx:Version is {version}. Set it to", _sink.State.LastError, StringComparison.Ordinal);
            Assert.True(_sink.State.NeedsSomebody);
            _server.Ping = () => FakeInflux.Version($"{version}.0");
            _clock.Advance(TimeSpan.FromSeconds(2));
            await storing;
            Assert.False(_sink.State.NeedsSomebody);
            Assert.Null(_sink.State.RetryingSince);
        }
    }

    [Fact]
    public async Task Store_VersionInJson_IsRead()
    {
        _sink = Make(1);
        _server.Ping = () => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("""{"version":"3.2.1","revision":"abc"}""") };

        var storing = StoreAsync(Rows(1));

        Assert.Contains("says that it is InfluxDB 3.2.1", _sink.State.LastError, StringComparison.Ordinal);
        _server.Ping = () => FakeInflux.Version("1.8");
        _clock.Advance(TimeSpan.FromSeconds(2));
        await storing;
    }

    [Fact]
    public async Task Store_ServerWasAway_IsAskedAnewWhatItIs()
    {
        _server.Ping = null;
        var storing = StoreAsync(Rows(1));
        Assert.Contains("cannot be reached", _sink.State.LastError, StringComparison.Ordinal);
        Assert.False(_sink.State.NeedsSomebody);
        _server.Ping = () => FakeInflux.Version("1.8");
        _clock.Advance(TimeSpan.FromSeconds(2));
        await storing;
        Assert.Equal(2, _server.Pings);
        await StoreAsync(Rows(1));
        Assert.Equal(2, _server.Pings);

        _server.Fail(new HttpRequestException("Connection refused (influx:8086)"));
        storing = StoreAsync(Rows(1));
        _clock.Advance(TimeSpan.FromSeconds(2));
        await storing;
        await StoreAsync(Rows(1));

        Assert.Equal(3, _server.Pings);
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.OK)]
    public async Task Store_ServerDoesNotSayWhatItIs_IsTakenForWhatIsSet(HttpStatusCode status)
    {
        _server.Ping = () => new HttpResponseMessage(status) { Content = new StringContent("<html>") };

        await StoreAsync(Rows(1));

        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task Store_ManyRowsOfManyDevices_GoAtTheSameTimeEachDeviceInOrder()
    {
        _sink = Make(1, linesAtMost: 10, requestsAtMost: 4);
        using var underWay = new CountdownEvent(4);
        _server.Otherwise = _ =>
        {
            // Nobody is answered before four are under way.
            if (!underWay.IsSet)
            {
                underWay.Signal();
            }

            Assert.True(underWay.Wait(TimeSpan.FromSeconds(30), Cancellation));
            return FakeInflux.Respond(HttpStatusCode.NoContent);
        };

        await StoreAsync(Rows(400, devices: 8)).WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        foreach (var device in _server.Requests.SelectMany(lines => lines).GroupBy(line => line.Split("device=")[1].Split(',')[0]))
        {
            Assert.Equal(device.Select(NumberOf).Order(), device.Select(NumberOf));
            Assert.Equal(50, device.Count());
        }

        Assert.Equal(400, _sink.State.RowsStored);
        Assert.All(_server.Requests, lines => Assert.InRange(lines.Length, 1, 10));
    }

    [Fact]
    public async Task Store_RefusedInSeveralLanes_IsHandedOnInLogOrder()
    {
        _sink = Make(1, linesAtMost: 10, requestsAtMost: 4);
        int[] bad = [3, 4, 17, 30];
        _server.Otherwise = lines => lines.Select(NumberOf).Any(bad.Contains)
            ? FakeInflux.Respond(HttpStatusCode.BadRequest, "partial write: dropped")
            : FakeInflux.Respond(HttpStatusCode.NoContent);

        await StoreAsync(Rows(40, devices: 8));

        Assert.Equal(bad.Select(number => new LogPosition(number)), _rejected.Select(row => row.Position));
        Assert.Equal((36, 4), (_sink.State.RowsStored, _sink.State.RowsRejected));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Store_LinesNamed_OnlyThoseAreSentAgainAndRefused(bool quotesLines)
    {
        _sink = Make(3);
        _server.Ping = () => FakeInflux.Version("3.2.1");
        int[] bad = [0, 41, 99];
        _server.Otherwise = lines => Refuse(lines, bad, quotesLines ? line => line[..20] + "..." : _ => "");

        await StoreAsync(Rows(100));

        Assert.Equal([100, 1, 1, 1], _server.Requests.Select(lines => lines.Length));
        Assert.Equal(bad.Select(number => new LogPosition(number)), _rejected.Select(row => row.Position));
        Assert.All(_rejected, row => Assert.StartsWith("no, not ", row.Reason, StringComparison.Ordinal));
        Assert.Equal((97, 3), (_sink.State.RowsStored, _sink.State.RowsRejected));
    }

    [Fact]
    public async Task Store_NamesDoNotFitWhatWasSent_AreNotBelieved()
    {
        _sink = Make(3);
        _server.Ping = () => FakeInflux.Version("3.2.1");
        int[] bad = [5];
        _server.Otherwise = lines => Refuse(lines, bad, _ => "of somebody else");

        await StoreAsync(Rows(16));

        Assert.Equal(new LogPosition(5), Assert.Single(_rejected).Position);
        Assert.Equal(15, _sink.State.RowsStored);
    }

    private static HttpResponseMessage Refuse(string[] lines, int[] bad, Func<string, string> quote)
    {
        var refused = lines.Select((line, index) => (line, index)).Where(each => bad.Contains(NumberOf(each.line))).ToList();
        return refused.Count == 0 ? FakeInflux.Respond(HttpStatusCode.NoContent) : new HttpResponseMessage(HttpStatusCode.BadRequest)
        {
            Content = new StringContent(
                $$"""{"error":"partial write of line protocol occurred","data":[{{string.Join(",", refused.Select(each =>
                    $$"""{"original_line":{{System.Text.Json.JsonSerializer.Serialize(quote(each.line))}},"line_number":{{each.index + 1}},"error_message":"no, not {{NumberOf(each.line)}}"}"""))}}]}""",
                Encoding.UTF8,
                "application/json"),
        };
    }

    private static int NumberOf(string line) => int.Parse(line.Split(" hr=")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    private static RowBatch Rows(int count, int devices = 1)
    {
        var rows = new RowBatch();
        for (var number = 0; number < count; number++)
        {
            rows.And($"m{number % devices}", Noon + TimeSpan.FromSeconds(number), Valid(HeartRate, number));
        }

        return rows;
    }

    private InfluxSink Make(int version, int linesAtMost = 5_000, int requestsAtMost = 4) => new(
        new InfluxOptions { Version = version, Url = new Uri("http://influx:8086"), Database = "iot", Org = version == 2 ? "h" : null, LinesAtMost = linesAtMost, RequestsAtMost = requestsAtMost },
        _http,
        _clock,
        new Random(1),
        NullLogger.Instance,
        _rejected.Add);

    private Task StoreAsync(RowBatch rows) => _sink.StoreAsync(rows, new LogPosition(1), Cancellation).AsTask();
}
