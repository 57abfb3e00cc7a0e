using System.Net;
using IoTGateway.Storage.Influx;

namespace IoTGateway.Storage.Tests.Influx;

/// <summary>
/// The contract of the three generations, answer by answer, as their servers and specifications give it (InfluxDB 1.8, 2.x and 3 Core). InfluxDB 1 is held against
/// a real server in <see cref="InfluxServerTests"/>.
/// </summary>
public class InfluxTargetTests
{
    private static readonly InfluxOptions Options = new() { Url = new Uri("https://db.example/influx/"), Database = "ward one", Org = "St. Anna", Bucket = "vital signs" };

    /// <summary>Generation, status, body, verdict, whether it may be the lines, whether it takes a person, words of the reason.</summary>
    public static TheoryData<int, int, string?, string, bool, bool, string> Contract => new()
    {
        { 1, 204, null, "Stored", false, false, "" },
        { 1, 200, "<html>", "Later", false, true, "answers 200, where InfluxDB 1 answers 204" },
        { 1, 400, """{"error":"partial write: unable to parse 'bad line here': invalid field format dropped=0"}""", "Refused", false, false, "partial write: unable to parse" },
        { 1, 400, """{"error":"partial write: field type conflict: input field \"hr\" is type string, already exists as type float dropped=1"}""", "Refused", false, false, "field type conflict" },
        { 1, 400, """{"error":"database is required"}""", "Later", true, true, "does not understand the request (400: database is required)" },
        { 1, 401, """{"error":"authorization failed"}""", "Later", false, true, "user:password" },
        { 1, 403, """{"error":"\"reader\" user is not authorized to write to database \"iot\""}""", "Later", false, true, "GRANT WRITE ON \"ward one\"" },
        { 1, 404, """{"error":"database not found: \"ward one\""}""", "Later", false, true, "CREATE DATABASE \"ward one\"" },
        { 1, 404, "404 page not found", "Later", false, true, "is this InfluxDB 1?" },
        { 1, 408, null, "Later", false, false, "in time (408)" },
        { 1, 413, """{"error":"Request Entity Too Large"}""", "TooLarge", false, false, "Request Entity Too Large" },
        { 1, 429, null, "Later", false, false, "overloaded (429)" },
        { 1, 500, """{"error":"timeout"}""", "Later", true, false, "a fault of its own (500: timeout)" },
        { 1, 503, """{"error":"request throttled, queue full"}""", "Later", false, false, "overloaded (503: request throttled, queue full)" },

        { 2, 204, null, "Stored", false, false, "" },
        { 2, 400, """{"code":"invalid","message":"unable to parse 'bad': missing fields"}""", "Refused", false, false, "unable to parse" },
        { 2, 400, """{"code":"invalid","message":"failed to decode gzip"}""", "Later", true, true, "does not understand the request (400: failed to decode gzip)" },
        { 2, 401, """{"code":"unauthorized","message":"unauthorized access"}""", "Later", false, true, "does not accept the token (401: unauthorized access)" },
        { 2, 403, """{"code":"forbidden","message":"insufficient permissions for write"}""", "Later", false, true, "forbids writing to the bucket 'vital signs'" },
        { 2, 404, """{"code":"not found","message":"bucket \"vital signs\" not found"}""", "Later", false, true, "influx bucket create --org 'St. Anna' --name 'vital signs'" },
        { 2, 404, null, "Later", false, true, "is this InfluxDB 2?" },
        { 2, 413, """{"code":"request too large","message":"unable to read data: points batch is too large"}""", "TooLarge", false, false, "too large" },
        { 2, 422, """{"code":"unprocessable entity","message":"failure writing points to database: partial write: points beyond retention policy dropped=2"}""", "Refused", false, false, "points beyond retention" },
        { 2, 422, null, "Later", true, true, "does not understand the request (422)" },
        { 2, 429, """{"code":"too many requests","message":"rate limit"}""", "Later", false, false, "overloaded (429: rate limit)" },
        { 2, 500, """{"code":"internal error","message":"unexpected"}""", "Later", true, false, "a fault of its own (500: unexpected)" },
        { 2, 503, null, "Later", false, false, "overloaded (503)" },

        { 3, 204, null, "Stored", false, false, "" },
        { 3, 400, """{"error":"partial write of line protocol occurred","data":[{"original_line":"vitals hr=","line_number":2,"error_message":"no value"}]}""", "Refused", false, false, "partial write" },
        { 3, 400, """{"error":"parsing failed for write_lp endpoint","data":{"original_line":"vitals hr=","line_number":1,"error_message":"no value"}}""", "Refused", false, false, "parsing failed" },
        { 3, 400, """{"error":"parsing failed for write_lp endpoint"}""", "Refused", false, false, "parsing failed" },
        { 3, 400, """{"error":"invalid content encoding: br"}""", "Later", true, true, "does not understand the request (400: invalid content encoding: br)" },
        { 3, 401, null, "Later", false, true, "does not accept the token (401)" },
        { 3, 403, null, "Later", false, true, "forbids writing to the database 'ward one'" },
        { 3, 404, null, "Later", false, true, "is this InfluxDB 3?" },
        { 3, 405, null, "Later", false, true, "does not exist (405)" },
        { 3, 413, null, "TooLarge", false, false, "too large" },
        { 3, 422, """{"error":"partial write of line protocol occurred","data":[{"original_line":"x","line_number":1,"error_message":"adding a column would exceed the limit"}]}""", "Refused", false, false, "partial write" },
        { 3, 500, "internal", "Later", true, false, "a fault of its own (500: internal)" },
        { 3, 503, null, "Later", false, false, "overloaded (503)" },
    };

    [Theory]
    [MemberData(nameof(Contract))]
    public void Interpret_AnAnswer_MeansWhatTheContractSays(int version, int status, string? body, string verdict, bool mayBeTheLines, bool needsSomebody, string words)
    {
        var error = ServerErrorReader.Read(System.Text.Encoding.UTF8.GetBytes(body ?? ""), body?.StartsWith('{') == true ? "application/json" : body?.StartsWith('<') == true ? "text/html" : "text/plain", header: null);

        var answer = Target(version).Interpret((HttpStatusCode)status, error);

        Assert.Equal((verdict, mayBeTheLines, needsSomebody), (answer.Verdict.ToString(), answer.MayBeTheLines, answer.NeedsSomebody));
        Assert.Contains(words, answer.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "https://db.example/influx/write?db=ward%20one&precision=ms", "Basic YW5uYTpzZWNyZXQ=")]
    [InlineData(2, "https://db.example/influx/api/v2/write?org=St.%20Anna&bucket=vital%20signs&precision=ms", "Token anna:secret")]
    [InlineData(3, "https://db.example/influx/api/v3/write_lp?db=ward%20one&precision=millisecond&accept_partial=true&no_sync=false", "Bearer anna:secret")]
    public void WriteAddress_OfEachGeneration_NamesTargetPrecisionAndCredentials(int version, string address, string authorization)
    {
        var target = Target(version, Options with { Token = "anna:secret" });

        Assert.Equal(address, target.WriteAddress.AbsoluteUri);
        Assert.Equal(authorization, target.Authorization!.ToString());
        Assert.Null(Target(version).Authorization);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Interpret_WordsThatQuoteAReading_AreNotRepeated(int version)
    {
        var answer = Target(version).Interpret(HttpStatusCode.InternalServerError, new ServerError("panic at vitals,patient=p7 hr=72", []));

        Assert.DoesNotContain("p7", answer.Reason, StringComparison.Ordinal);
    }

    private static ILineProtocolTarget Target(int version, InfluxOptions? options = null)
    {
        var set = (options ?? Options) with { Version = version };
        return version switch
        {
            1 => new InfluxVersion1(set),
            2 => new InfluxVersion2(set),
            _ => new InfluxVersion3(set),
        };
    }
}
