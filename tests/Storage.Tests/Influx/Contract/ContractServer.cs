using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Storage.Tests.Influx.Contract;

/// <summary>
/// An InfluxDB 1, 2 or 3 as its contract describes the writing, on loopback, for the generations of which no server can be had here. It is held against a real
/// InfluxDB 1 by <see cref="ContractServerTests"/> where the two overlap. It holds what it stores, so that a test can see what is there and how often.
/// </summary>
internal sealed class ContractServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentQueue<Func<HttpContext, Task>> _faults = new();
    private readonly IDialect _dialect;

    private ContractServer(IDialect dialect)
    {
        _dialect = dialect;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Limits.MaxRequestBodySize = null;
        });
        _application = builder.Build();
        _application.Run(AnswerAsync);
    }

    /// <summary>Where it answers.</summary>
    public Uri Url => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>What it holds.</summary>
    public PointTable Points { get; } = new();

    /// <summary>The token, or user:password; null: anybody may write.</summary>
    public string? Token { get; set; }

    /// <summary>Whether the token may write.</summary>
    public bool MayWrite { get; set; } = true;

    /// <summary>The database, or organization/bucket, that is there; null: none is.</summary>
    public string? Target { get; set; } = "iot";

    /// <summary>Larger bodies are refused; bytes before compression.</summary>
    public int BodySizeBytesAtMost { get; set; } = 10 << 20;

    /// <summary>How many requests to write it got.</summary>
    public int Writes { get; private set; }

    public static async Task<ContractServer> StartAsync(int version)
    {
        var server = new ContractServer(version switch { 1 => new Dialect1(), 2 => new Dialect2(), _ => new Dialect3() });
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    /// <summary>The next requests to write are answered so, and nothing is stored.</summary>
    public void Answer(int status, int times = 1, string? retryAfter = null, string body = "")
    {
        for (var time = 0; time < times; time++)
        {
            _faults.Enqueue(context =>
            {
                context.Response.StatusCode = status;
                context.Response.Headers.RetryAfter = retryAfter;
                return context.Response.WriteAsync(body);
            });
        }
    }

    /// <summary>The next request to write is stored, but its answer never comes.</summary>
    public void StoreAndBreakOff() => _faults.Enqueue(async context =>
    {
        await WriteAsync(context, answers: false);
        context.Abort();
    });

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        if (context.Request.Path == "/ping")
        {
            await _dialect.PingAsync(context.Response);
        }
        else if (context.Request.Path != _dialect.WritePath)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            context.Response.ContentType = "text/plain";
            await context.Response.WriteAsync("404 page not found\n");
        }
        else
        {
            Writes++;
            await (_faults.TryDequeue(out var fault) ? fault(context) : WriteAsync(context, answers: true));
        }
    }

    private async Task WriteAsync(HttpContext context, bool answers)
    {
        var answer = Refusal(context.Request) ?? await StoreAsync(context.Request);
        if (answers)
        {
            await _dialect.TellAsync(context.Response, answer);
        }
    }

    private Told? Refusal(HttpRequest request)
    {
        var who = request.Headers.Authorization.ToString();
        return Token is not null && who.Length == 0 ? new Told(401, _dialect.Words.NoCredentials)
            : Token is not null && who != _dialect.Authorization(Token) ? new Told(401, _dialect.Words.WrongCredentials)
            : !MayWrite ? new Told(403, _dialect.Words.Forbidden)
            : _dialect.TargetOf(request) is not { Length: > 0 } target ? new Told(400, _dialect.Words.NoTarget)
            : _dialect.MakesTargets || target == Target ? null
            : new Told(404, _dialect.Words.UnknownTarget(target));
    }

    private async Task<Told> StoreAsync(HttpRequest request)
    {
        var text = await ReadAsync(request);
        if (text is null)
        {
            return new Told(413, _dialect.Words.TooLarge);
        }

        if (_dialect.UnitOf(request) is not { } unit)
        {
            return new Told(400, "invalid precision");
        }

        var lines = text.Split('\n').Select((line, index) => (Text: line, Number: index + 1)).Where(line => line.Text.Length > 0).ToList();
        List<RefusedLine> refused = [];
        List<Point> good = [];
        foreach (var (line, number) in lines)
        {
            var wrong = LineParser.Parse(line, out var syntax) is { } point ? Points.Store(InMilliseconds(point, unit), onlyTry: true) : syntax;
            if (wrong is { Length: > 0 })
            {
                refused.Add(new RefusedLine(number, line, wrong, IsSyntax: syntax.Length > 0));
            }
            else
            {
                good.Add(InMilliseconds(LineParser.Parse(line, out _)!, unit));
            }
        }

        if (_dialect.StoresTheRest(refused))
        {
            good.ForEach(point => Points.Store(point));
        }

        return _dialect.Result(refused, good.Count);
    }

    private static Point InMilliseconds(Point point, double unit) => point with { Time = point.Time is { } time ? (long)(time * unit) : null };

    private async Task<string?> ReadAsync(HttpRequest request)
    {
        await using var body = request.Headers.ContentEncoding == "gzip" ? new GZipStream(request.Body, CompressionMode.Decompress) : request.Body;
        using var read = new MemoryStream();
        await body.CopyToAsync(read, TestContext.Current.CancellationToken);
        return read.Length > BodySizeBytesAtMost ? null : Encoding.UTF8.GetString(read.GetBuffer(), 0, (int)read.Length);
    }
}
