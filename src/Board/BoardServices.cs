using IoTGateway.Board.Api;
using IoTGateway.Board.Feed;
using IoTGateway.Board.Http;
using IoTGateway.Board.Pages;
using IoTGateway.Board.View;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace IoTGateway.Board;

/// <summary>Puts the board together in the composition root.</summary>
public static class BoardServices
{
    /// <summary>
    /// Adds the board. It takes from the container <see cref="Alerts.IWardView"/>, <see cref="Alerts.IAlertCommands"/>, <see cref="IGatewayHealth"/>,
    /// <see cref="TimeProvider"/> and, each where it is there, <see cref="Storage.IHistory"/>, <see cref="Alerts.Orders.IOrders"/>,
    /// <see cref="Alerts.Observations.IObservations"/>, <see cref="Alerts.Census.ICensusCommands"/>, <see cref="Notifications.IEscalations"/>,
    /// <see cref="Archive.IArchive"/> and what stands in <c>Ports</c>: of what is missing a page says so in words. A wrong option stops the start.
    /// </summary>
    public static IServiceCollection AddBoard(this IServiceCollection services, Action<BoardOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<BoardOptions>().ValidateOnStart();
        services.AddSingleton<IValidateOptions<BoardOptions>, BoardOptionsValidator>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        OpenApiDocument.AddTo(services);
        services.AddSingleton<SiteClock>();
        services.AddSingleton<AssetStore>();
        services.AddSingleton<WardPainter>();
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<BoardFeed>();
        services.AddSingleton<StreamEndpoint>();
        services.AddHostedService(provider => provider.GetRequiredService<BoardFeed>());
        return services;
    }
}
