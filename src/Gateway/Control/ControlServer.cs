using System.Net.Sockets;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Orders;

namespace IoTGateway.Control;

/// <summary>
/// How the queue, rules and alerts commands reach the running gateway: HTTP over a Unix domain socket in the data directory, for the gateway's own user alone
/// (mode 0600). There is no way to it over a network.
/// </summary>
internal sealed class ControlServer : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly string _path;

    private ControlServer(WebApplication web, string path)
    {
        _web = web;
        _path = path;
    }

    /// <summary>Listens; null where the socket cannot be made, which is logged: the gateway works without.</summary>
    public static async Task<ControlServer?> StartAsync(string dataDirectory, QueueControl control, AlertService alerts, ILoggerFactory loggers, CancellationToken cancellation)
    {
        var path = Path.GetFullPath(DataLayout.ControlSocket(dataDirectory));
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IHostLifetime, Hosting.CommandLineLifetime>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ControlJson.Default));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(path));
        var web = builder.Build();
        Map(web, control);
        Map(web, alerts);
        CensusControl.Map(web, alerts.Census);
        try
        {
            // Left behind by a gateway that was killed; the log's lock says that none runs.
            File.Delete(path);
            await web.StartAsync(cancellation);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            }

            return new ControlServer(web, path);
        }
        catch (Exception failure) when (failure is IOException or SocketException or UnauthorizedAccessException or ArgumentException)
        {
            Hosting.HostingLog.NoControl(loggers.CreateLogger<ControlServer>(), path, failure.Message);
            await web.DisposeAsync();
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync(new CancellationToken(canceled: true));
        await _web.DisposeAsync();
        File.Delete(_path);
    }

    private static void Map(WebApplication web, AlertService alerts)
    {
        web.MapPost("/rules/approve", async (ControlRequest request) => Answer(await alerts.ApproveRulesAsync(request.By)));
        web.MapPost("/rules/refuse", async (ControlRequest request) => Answer(await alerts.RefuseRulesAsync(request.By)));
        web.MapPost("/rules/rollback", async (ControlRequest request) => Answer(await alerts.RollBackRulesAsync(request.Version, request.By)));
        web.MapGet("/alerts", () => AlertRow.Of(alerts.Snapshot().Tiles.SelectMany(tile => tile.Alerts)));
        web.MapPost("/alerts/ack", async (ControlRequest request, CancellationToken cancellation) =>
            Answer(await alerts.AcknowledgeAsync(request.Alert, request.Episode, seen: null, request.By, request.Reason, cancellation)));
        web.MapPost("/alerts/silence", async (ControlRequest request, CancellationToken cancellation) =>
            Answer(await alerts.GiveAsync(new SilenceAlert(request.Alert, request.Episode, request.For, request.Reason), request.By, cancellation)));
    }

    private static ControlAnswer Answer(RuleAnswer answer) => new(answer.Done, answer.Message);

    private static ControlAnswer Answer(OrderAnswer answer) => new(answer.Outcome == OrderOutcome.Done, answer.Sentence);

    private static ControlAnswer Answer(AcknowledgeResult result) => result switch
    {
        AcknowledgeResult.Acknowledged => new ControlAnswer(true, "The alert is acknowledged."),
        AcknowledgeResult.AlreadyAcknowledged => new ControlAnswer(true, "Somebody had acknowledged it before."),
        AcknowledgeResult.Stale => new ControlAnswer(false, "The alert has ended or was raised anew since. See: alerts list"),
        _ => new ControlAnswer(false, "There is no such alert. See: alerts list"),
    };

    private static void Map(WebApplication web, QueueControl control)
    {
        web.MapGet("/queues", (string? topic) => control.List(topic));
        web.MapPost("/consumers/{name}/pause", (string name, ControlRequest request) => control.PauseAsync(name, request.StopMonitoring));
        web.MapPost("/consumers/{name}/resume", (string name) => control.ResumeAsync(name));
        web.MapPost("/consumers/{name}/remove", (string name) => control.RemoveAsync(name));
        web.MapPost("/consumers/{name}/replay", (string name, ControlRequest request, CancellationToken cancellation) => control.ReplayAsync(name, request, cancellation));
    }
}
