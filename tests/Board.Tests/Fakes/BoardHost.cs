using System.Net;
using IoTGateway.Alerts;
using IoTGateway.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Board.Tests.Fakes;

/// <summary>The board on a real port of this machine, over a ward that the test makes up.</summary>
internal sealed class BoardHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _stopped;

    private BoardHost(WebApplication app, ErrorLog errors)
    {
        _app = app;
        Errors = errors;
        Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public ErrorLog Errors { get; }

    public IServiceProvider Services => _app.Services;

    public static async Task<BoardHost> StartAsync(
        FakeWard ward,
        TimeProvider clock,
        IHistory? history = null,
        int port = 0,
        string? pathBase = null,
        Action<BoardOptions>? configure = null,
        FakeHealth? health = null,
        FakeGateway? gateway = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddRoutingCore();
        var errors = new ErrorLog();
        builder.Services.AddLogging(logging => logging.AddProvider(errors));
        builder.Services.AddSingleton<IWardView>(ward);
        builder.Services.AddSingleton<IAlertCommands>(ward);
        builder.Services.AddSingleton<IGatewayHealth>(health ?? new FakeHealth());
        builder.Services.AddSingleton(clock);
        if (history is not null)
        {
            builder.Services.AddSingleton(history);
        }

        gateway?.AddTo(builder.Services);
        builder.Services.AddBoard(configure);
        var app = builder.Build();
        if (pathBase is not null)
        {
            app.UsePathBase(pathBase);
        }

        app.UseBoard();
        app.UseRouting();
        app.MapBoard();
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new BoardHost(app, errors);
    }

    public async Task StopAsync()
    {
        if (!_stopped)
        {
            _stopped = true;
            Client.Dispose();
            await _app.StopAsync(CancellationToken.None);
            await _app.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync() => await StopAsync();
}
