using System.Net;
using IoTGateway.Broker;
using IoTGateway.Configuration;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;

namespace IoTGateway.Hosting;

/// <summary>Kestrel: one endpoint for MQTT, one for the board.</summary>
internal static class GatewayWeb
{
    private const int ReadAheadBytes = 64 << 10;

    public static WebApplicationBuilder CreateBuilder(GatewayOptions options, LogLevel logLevel)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        Configure(builder.Logging, logLevel);
        builder.Services.AddSingleton<IHostLifetime, CommandLineLifetime>();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, QueuesJson.Default));
        builder.Services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter("IoTGateway.*").AddPrometheusExporter());
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;

            // What is read ahead for each connection while nobody takes it: thousands of devices send on while the disk is slow.
            kestrel.Limits.MaxRequestBufferSize = ReadAheadBytes;
            kestrel.Listen(IPEndPoint.Parse(options.Mqtt.Listen), listen => listen.UseConnectionHandler<MqttConnectionHandler>());
            kestrel.Listen(IPEndPoint.Parse(options.Http.Listen));
        });
        return builder;
    }

    public static ILoggerFactory CreateLoggers(LogLevel logLevel) => LoggerFactory.Create(logging => Configure(logging, logLevel));

    /// <summary>Where the two endpoints really are; of interest with port 0.</summary>
    public static (IPEndPoint Mqtt, Uri Board) AddressesOf(WebApplication web)
    {
        var addresses = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => new Uri(address)).ToList();
        return (new IPEndPoint(IPAddress.Parse(addresses[0].Host.Trim('[', ']')), addresses[0].Port), addresses[1]);
    }

    private static void Configure(ILoggingBuilder logging, LogLevel logLevel)
    {
        logging.SetMinimumLevel(logLevel);
        // A failed start is told once, in a sentence, by the command line.
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        logging.AddFilter("Microsoft", logLevel < LogLevel.Information ? logLevel : LogLevel.Warning);
        logging.AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd HH:mm:ss.fff ";
            console.UseUtcTimestamp = true;
            console.ColorBehavior = LoggerColorBehavior.Disabled;
        });
    }
}
