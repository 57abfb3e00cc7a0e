using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using IoTGateway.Queue;
using IoTGateway.Storage.Influx;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Influx;

public sealed class InfluxSinkTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new(Noon.ToDateTimeOffset());
    private readonly FakeInflux _server = new();
    private readonly HttpClient _http;
    private readonly List<RejectedRow> _rejected = [];
    private InfluxSink _sink;

    public InfluxSinkTests()
    {
        _http = new HttpClient(_server) { Timeout = Timeout.InfiniteTimeSpan };
        _sink = Make(Options());
    }

    public void Dispose()
    {
        _sink.Dispose();
        _http.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Store_Taken_IsOneCompressedRequestInMilliseconds()
    {
        await StoreAsync(TwoRows());
        Assert.Equal(
            [$"vitals,bed=ICU-1,device=m1,patient=p1,ward=ICU hr=72 {Noon.UnixMilliseconds}", $"vitals,bed=ICU-1,device=m2,patient=p1,ward=ICU hr=73 {Noon.UnixMilliseconds}"],
            Assert.Single(_server.Requests));
        Assert.Equal("http://influx:8086/write?db=ward%20one&precision=ms", _server.Last!.RequestUri!.AbsoluteUri);
        Assert.Equal(HttpMethod.Post, _server.Last.Method);
        Assert.Equal("text/plain; charset=utf-8", _server.Last.Content!.Headers.ContentType!.ToString());
        Assert.Equal(["gzip"], _server.Last.Content.Headers.ContentEncoding);
        Assert.Null(_server.Last.Headers.Authorization);
        Assert.Equal(new SinkState { LastSuccess = Noon, RowsStored = 2 }, _sink.State);
    }

    [Fact]
    public async Task Store_CredentialsPolicyAndPath_AreUsed()
    {
        _sink = Make(new InfluxOptions { Url = new Uri("http://proxy/influx/"), Database = "iot", RetentionPolicy = "one year", Token = "writer:pässword" });
        await StoreAsync(TwoRows());
        Assert.Equal("http://proxy/influx/write?db=iot&precision=ms&rp=one%20year", _server.Last!.RequestUri!.AbsoluteUri);
        Assert.Equal(new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes("writer:pässword"))), _server.Last.Headers.Authorization);
    }

    public static TheoryData<int, string?, string> Faults => new()
    {
        { 200, null, "answers 200, where InfluxDB 1 answers 204" },
        { 302, null, "answers 302, where InfluxDB 1 answers 204" },
        { 400, null, "does not understand the request (400). Check Storage:Influx" },
        { 400, "database is required", "does not understand the request (400: database is required)" },
        { 401, "authorization failed", "does not accept the credentials (401: authorization failed). Set Storage:Influx:Token" },
        { 403, "not authorized", "forbids writing to 'ward one' (403: not authorized). Grant it" },
        { 404, "database not found: \\\"ward one\\\"", "has no database 'ward one'. Create it: influx -execute 'CREATE DATABASE \"ward one\"'" },
        { 404, null, "/write does not exist (404). Check Storage:Influx:Url" },
        { 408, null, "did not get the request in time (408)" },
        { 429, null, "is overloaded (429)" },
        { 503, "request throttled, queue full", "is overloaded (503: request throttled, queue full)" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task Store_ServerDoesNotTakeIt_TriesAgainUntilItDoes(int status, string? error, string words)
    {
        const int Failures = 20;
        for (var count = 0; count < Failures; count++)
        {
            _server.Answer((HttpStatusCode)status, error);
        }

        var storing = StoreAsync(TwoRows()).AsTask();
        for (var count = 1; count <= Failures; count++)
        {
            Assert.Equal(count, _server.Requests.Count);
            Assert.False(storing.IsCompleted);
            Assert.Contains(words, _sink.State.LastError, StringComparison.Ordinal);
            Assert.Equal(Noon, _sink.State.RetryingSince);
            Assert.Equal(0, _sink.State.RowsStored);
            _clock.Advance(TimeSpan.FromSeconds(60));
        }

        await storing;
        Assert.Equal(Failures + 1, _server.Requests.Count);
        Assert.All(_server.Requests, lines => Assert.Equal(_server.Requests[0], lines));
        Assert.Empty(_rejected);
        Assert.Null(_sink.State.RetryingSince);
        Assert.Equal(2, _sink.State.RowsStored);
    }

    [Fact]
    public async Task Store_ConnectionFails_TriesAgain()
    {
        _server.Fail(new HttpRequestException("Connection refused (influx:8086)"));
        _server.Fail(new HttpRequestException(HttpRequestError.ResponseEnded, "The response ended prematurely."));
        var storing = StoreAsync(TwoRows()).AsTask();
        Assert.Equal("http://influx:8086 cannot be reached (Connection refused (influx:8086)).", _sink.State.LastError);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Contains("ended prematurely", _sink.State.LastError, StringComparison.Ordinal);
        _clock.Advance(TimeSpan.FromSeconds(2));
        await storing;
    }

    [Fact]
    public async Task Store_NoAnswer_GivesUpAndTriesAgain()
    {
        _server.Hang();
        var storing = StoreAsync(TwoRows()).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Null(_sink.State.LastError);
        _clock.Advance(TimeSpan.FromSeconds(0.2));
        await Task.WhenAny(storing, UntilAsync(() => _sink.State.LastError is not null));
        Assert.Equal("http://influx:8086 did not answer within 10 s.", _sink.State.LastError);
        await UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return storing.IsCompleted;
        });
        await storing;
        Assert.Equal(2, _server.Requests.Count);
    }

    [Theory]
    [InlineData("timeout", "reports a fault of its own (500: timeout)")]
    [InlineData("vitals,patient=p1 is bad", "reports a fault of its own (500). Look into its log")]
    public async Task Store_ServerFailsFromTheBeginning_CannotSayWhoIsAtFault(string error, string words)
    {
        _server.Otherwise = _ => FakeInflux.Respond(HttpStatusCode.InternalServerError, error);
        var failure = await Assert.ThrowsAsync<RowsFailException>(() => StoreToTheEndAsync(TwoRows()));
        Assert.False(failure.IsCertain);
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Null(_sink.State.RetryingSince);
    }

    [Fact]
    public async Task Store_ServerFailsButTakesWhatItTookBefore_TheRowsAreAtFault()
    {
        await StoreAsync(TwoRows());
        var good = _server.Requests[0][^1];
        _server.Otherwise = lines => lines is [var only] && only == good ? FakeInflux.Respond(HttpStatusCode.NoContent) : FakeInflux.Respond(HttpStatusCode.InternalServerError);
        var failure = await Assert.ThrowsAsync<RowsFailException>(() => StoreToTheEndAsync(TwoRows()));
        Assert.True(failure.IsCertain);
        Assert.Equal(1 + 3 + 1, _server.Requests.Count);

        // For a while the next failure is looked into at once.
        await Assert.ThrowsAsync<RowsFailException>(() => StoreToTheEndAsync(TwoRows()));
        Assert.Equal(1 + 3 + 1 + 2, _server.Requests.Count);
    }

    [Fact]
    public async Task Store_ServerFailsForAllLines_IsTriedAgainUntilItWorks()
    {
        await StoreAsync(TwoRows());
        var failures = 20;
        _server.Otherwise = _ => failures-- > 0 ? FakeInflux.Respond(HttpStatusCode.InternalServerError) : FakeInflux.Respond(HttpStatusCode.NoContent);
        await StoreToTheEndAsync(TwoRows());
        Assert.Equal(4, _sink.State.RowsStored);
    }

    [Fact]
    public async Task Store_FailsRepeatedly_WaitsLongerEachTime()
    {
        for (var count = 0; count < 3; count++)
        {
            _server.Answer(HttpStatusCode.ServiceUnavailable);
        }

        var storing = StoreAsync(TwoRows()).AsTask();
        foreach (var (whole, requests) in new[] { (1.0, 1), (2.0, 2), (4.0, 3) })
        {
            _clock.Advance(TimeSpan.FromSeconds((whole / 2) - 0.001));
            Assert.Equal(requests, _server.Requests.Count);
            _clock.Advance(TimeSpan.FromSeconds((whole / 2) + 0.001));
            Assert.Equal(requests + 1, _server.Requests.Count);
        }

        await storing;
    }

    [Fact]
    public async Task Store_RetryAfter_IsHonouredButNotForEver()
    {
        _server.Answer(HttpStatusCode.ServiceUnavailable, null, response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromSeconds(30)));
        _server.Answer(HttpStatusCode.TooManyRequests, null, response => response.Headers.RetryAfter = new RetryConditionHeaderValue((Noon + TimeSpan.FromSeconds(90)).ToDateTimeOffset()));
        _server.Answer(HttpStatusCode.TooManyRequests, null, response => response.Headers.RetryAfter = new RetryConditionHeaderValue(TimeSpan.FromDays(1)));
        var storing = StoreAsync(TwoRows()).AsTask();
        foreach (var (seconds, requests) in new[] { (30, 1), (60, 2), (600, 3) })
        {
            _clock.Advance(TimeSpan.FromSeconds(seconds - 0.001));
            Assert.Equal(requests, _server.Requests.Count);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(requests + 1, _server.Requests.Count);
        }

        await storing;
    }

    [Fact]
    public async Task Store_TooLarge_IsSentInParts()
    {
        _server.Otherwise = lines => FakeInflux.Respond(lines.Length > 3 ? HttpStatusCode.RequestEntityTooLarge : HttpStatusCode.NoContent, lines.Length > 3 ? "Request Entity Too Large" : null);
        await StoreAsync(ManyRows(10));
        Assert.Equal(Enumerable.Range(0, 10), _server.Requests.Where(lines => lines.Length <= 3).SelectMany(lines => lines).Select(HeartRateOf));
        Assert.Empty(_rejected);
        Assert.Equal(10, _sink.State.RowsStored);
    }

    [Fact]
    public async Task Store_OneLineTooLarge_IsADeadLetter()
    {
        _server.Otherwise = lines => FakeInflux.Respond(HttpStatusCode.RequestEntityTooLarge);
        await StoreAsync(ManyRows(1));
        Assert.Equal("the request is too large", Assert.Single(_rejected).Reason);
    }

    [Fact]
    public async Task Store_AwayAndThenRefused_IsAwayNoMore()
    {
        _server.Answer(HttpStatusCode.ServiceUnavailable);
        _server.Answer(HttpStatusCode.BadRequest, "unable to parse");
        var storing = StoreAsync(ManyRows(1)).AsTask();
        Assert.NotNull(_sink.State.RetryingSince);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await storing;
        Assert.Single(_rejected);
        Assert.Null(_sink.State.RetryingSince);
    }

    [Fact]
    public async Task Store_BadLinesAmongGood_AreIsolated()
    {
        int[] bad = [0, 41, 42, 99];
        var stored = new HashSet<int>();
        _server.Otherwise = lines =>
        {
            var wrong = lines.Select(HeartRateOf).Where(bad.Contains).ToList();
            stored.UnionWith(lines.Select(HeartRateOf).Except(bad)); // As InfluxDB 1 does it: the others are stored.
            return wrong.Count == 0
                ? FakeInflux.Respond(HttpStatusCode.NoContent)
                : FakeInflux.Respond(HttpStatusCode.BadRequest, $"partial write: field type conflict at {wrong[0]} dropped={wrong.Count}");
        };
        await StoreAsync(ManyRows(100));

        Assert.Equal(Enumerable.Range(0, 100).Except(bad), stored.Order());
        Assert.Equal(bad, _rejected.Select(row => HeartRateOf(Encoding.UTF8.GetString(row.Line.Span))));
        Assert.Equal(bad.Select(number => new LogPosition(number)), _rejected.Select(row => row.Position));
        Assert.Equal("partial write: field type conflict at 41 dropped=1", _rejected[1].Reason);
        Assert.Equal(("m1", Noon + TimeSpan.FromSeconds(41)), (_rejected[1].Device, _rejected[1].Time));
        Assert.DoesNotContain('\n', Encoding.UTF8.GetString(_rejected[1].Line.Span));
        Assert.Equal((96, 4), (_sink.State.RowsStored, _sink.State.RowsRejected));
        Assert.Null(_sink.State.LastError);
    }

    [Fact]
    public async Task Store_MoreThanARequestHolds_GoesInOrder()
    {
        _sink = Make(Options(linesAtMost: 30));
        await StoreAsync(ManyRows(100));
        Assert.Equal([30, 30, 30, 10], _server.Requests.Select(lines => lines.Length));
        Assert.Equal(Enumerable.Range(0, 100), _server.Requests.SelectMany(lines => lines).Select(HeartRateOf));
    }

    [Fact]
    public async Task Store_LargerThanARequest_IsCutByBytes()
    {
        _sink = Make(Options(sizeBytesAtMost: 1_024));
        await StoreAsync(ManyRows(100));
        Assert.True(_server.Requests.Count > 1);
        Assert.All(_server.Requests, lines => Assert.InRange(lines.Sum(line => line.Length + 1), 1, 1_024 + 100));
        Assert.Equal(Enumerable.Range(0, 100), _server.Requests.SelectMany(lines => lines).Select(HeartRateOf));
    }

    [Fact]
    public async Task Store_NothingToSend_SendsNothing()
    {
        await StoreAsync(new RowBatch());
        await StoreAsync(Row(Noon, Valid(HeartRate, double.NaN)));
        Assert.Empty(_server.Requests);
    }

    [Fact]
    public async Task Store_CancelledWhileRetrying_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        _server.Answer(HttpStatusCode.ServiceUnavailable);
        var storing = _sink.StoreAsync(TwoRows(), new LogPosition(1), cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storing);
    }

    [Fact]
    public async Task Store_CancelledWhileWaitingForTheServer_Ends()
    {
        using var cancelled = new CancellationTokenSource();
        _server.Hang();
        var storing = _sink.StoreAsync(TwoRows(), new LogPosition(1), cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => storing);
    }

    public static TheoryData<InfluxOptions, string> WrongOptions => new()
    {
        { Right with { Version = 4 }, "Version is 4; it must be 1, 2 or 3" },
        { Right with { Url = new Uri("ftp://influx") }, "http:// or https://" },
        { Right with { Url = new Uri("http://user:secret@influx") }, "must hold no password" },
        { Right with { Database = "" }, "must name a database" },
        { Right with { Database = "", Version = 2, Org = "h" }, "must name a bucket" },
        { Right with { Version = 2 }, "Org must name the organization" },
        { Right with { Version = 2, Org = "h", RetentionPolicy = "year" }, "only be named for InfluxDB 1" },
        { Right with { Token = "nocolon" }, "must be user:password" },
        { Right with { Measurement = "" }, "must have a name" },
        { Right with { RequestsAtMost = 17 }, "1 to 16" },
        { Right with { LinesAtMost = 0 }, "1 to 100,000" },
        { Right with { RequestSizeBytesAtMost = 9 << 20 }, "1 KiB to 8 MiB" },
    };

    [Theory]
    [MemberData(nameof(WrongOptions))]
    public void Make_WrongOptions_SaysWhatIsWrong(InfluxOptions options, string words)
    {
        var failure = Assert.Throws<ArgumentException>(() => Make(options));
        Assert.Contains(words, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Make_SeveralWrongOptions_ListsAllErrors()
    {
        var failure = Assert.Throws<ArgumentException>(() => Make(Right with { Version = 4, Database = "", LinesAtMost = 0 }));
        Assert.Equal("Storage:Influx:Version is 4; it must be 1, 2 or 3. Storage:Influx:Database must name a database. The lines of a request must be 1 to 100,000. (Parameter 'options')", failure.Message);
    }

    private static InfluxOptions Right => Options();

    private static InfluxOptions Options(int linesAtMost = 5_000, int sizeBytesAtMost = 2 << 20) =>
        new() { Url = new Uri("http://influx:8086"), Database = "ward one", LinesAtMost = linesAtMost, RequestSizeBytesAtMost = sizeBytesAtMost };

    private static RowBatch TwoRows() => Row(Noon, Valid(HeartRate, 72)).And("m2", Noon, Valid(HeartRate, 73));

    private static RowBatch ManyRows(int count)
    {
        var rows = new RowBatch();
        for (var number = 0; number < count; number++)
        {
            rows.And("m1", Noon + TimeSpan.FromSeconds(number), Valid(HeartRate, number));
        }

        return rows;
    }

    private static int HeartRateOf(string line) => int.Parse(line.Split(" hr=")[1].Split(' ')[0], CultureInfo.InvariantCulture);

    /// <summary>Stores while the time goes on.</summary>
    private async Task StoreToTheEndAsync(RowBatch rows)
    {
        var storing = StoreAsync(rows).AsTask();
        await UntilAsync(() =>
        {
            _clock.Advance(TimeSpan.FromSeconds(10));
            return storing.IsCompleted;
        });
        await storing;
    }

    private static Task UntilAsync(Func<bool> condition) =>
        Eventually.HoldsAsync("the sink goes on", TimeSpan.FromSeconds(10), condition, TestContext.Current.CancellationToken);

    private InfluxSink Make(InfluxOptions options) => new(options, _http, _clock, new Random(1), NullLogger.Instance, _rejected.Add);

    private ValueTask StoreAsync(RowBatch rows) => _sink.StoreAsync(rows, new LogPosition(1), TestContext.Current.CancellationToken);
}
