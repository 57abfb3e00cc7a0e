using System.IO.Compression;
using System.Net;
using System.Text;

namespace IoTGateway.Storage.Tests.Influx;

/// <summary>A server in the client's place: answers as told and keeps what was sent.</summary>
internal sealed class FakeInflux : HttpMessageHandler
{
    private readonly Queue<Func<string[], CancellationToken, Task<HttpResponseMessage>>> _answers = new();

    /// <summary>The lines of each request, unpacked.</summary>
    public List<string[]> Requests { get; } = [];

    /// <summary>The last request; its content is disposed.</summary>
    public HttpRequestMessage? Last { get; private set; }

    /// <summary>What it answers to the question what it is; null: it does not answer it.</summary>
    public Func<HttpResponseMessage>? Ping { get; set; } = () => Version("1.6.7~rc0");

    /// <summary>How often it was asked what it is.</summary>
    public int Pings { get; private set; }

    /// <summary>What is answered once the told answers are used up; by default 204.</summary>
    public Func<string[], HttpResponseMessage> Otherwise { get; set; } = _ => new HttpResponseMessage(HttpStatusCode.NoContent);

    /// <summary>Tells an answer; answers are given in the order told.</summary>
    public void Answer(HttpStatusCode status, string? error = null, Action<HttpResponseMessage>? more = null) =>
        _answers.Enqueue((_, _) =>
        {
            var response = Respond(status, error);
            more?.Invoke(response);
            return Task.FromResult(response);
        });

    /// <summary>The connection fails.</summary>
    public void Fail(Exception failure) => _answers.Enqueue((_, _) => Task.FromException<HttpResponseMessage>(failure));

    /// <summary>No answer ever comes.</summary>
    public void Hang() => _answers.Enqueue(async (_, cancellation) =>
    {
        await new TaskCompletionSource().Task.WaitAsync(cancellation);
        throw new InvalidOperationException("Not reached.");
    });

    /// <summary>The answer of InfluxDB 1 and 2 to the question what it is.</summary>
    public static HttpResponseMessage Version(string version)
    {
        var response = new HttpResponseMessage(HttpStatusCode.NoContent);
        response.Headers.Add("X-Influxdb-Version", version);
        return response;
    }

    public static HttpResponseMessage Respond(HttpStatusCode status, string? error = null)
    {
        var response = new HttpResponseMessage(status);
        if (error is not null)
        {
            response.Content = new StringContent($$"""{"error":"{{error}}"}""" + "\n", Encoding.UTF8, "application/json");
        }

        return response;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method == HttpMethod.Get)
        {
            Pings++;
            return Ping?.Invoke() ?? throw new HttpRequestException("Connection refused (influx:8086)");
        }

        Last = request;
        var packed = await request.Content!.ReadAsByteArrayAsync(cancellationToken);
        await using var stream = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(stream);
        var lines = (await reader.ReadToEndAsync(cancellationToken)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lock (_answers)
        {
            Requests.Add(lines);
        }

        return _answers.TryDequeue(out var answer) ? await answer(lines, cancellationToken) : Otherwise(lines);
    }
}
