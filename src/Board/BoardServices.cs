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
    /// Adds the board. It takes from the container <see cref="Alerts.IWardView"/>, <see cref="Alerts.IAlertCommands"/>, <see cref="TimeProvider"/> and,
    /// where a store is there, <see cref="Storage.IHistory"/> (without it there are no sparklines). A wrong option stops the start.
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
