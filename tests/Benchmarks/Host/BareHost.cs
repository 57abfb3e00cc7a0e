using System.Diagnostics;
using System.Globalization;
using System.Net;
using IoTGateway.Broker;
using IoTGateway.Broker.Sessions;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Benchmarks.Host;

/// <summary>
/// Broker and queue alone, as a process of its own: the gateway with all its consumers paused. It prints "listening PORT"; for each line it
/// reads it prints the bytes it has allocated so far, for "read" how many
/// records a second a consumer reads; it stops at the end of its input.
/// </summary>
internal static class BareHost
{
    public static async Task<int> RunAsync(string directory)
    {
        var sessions = new SessionProjection();
        var retained = new RetainedProjection();
        var options = new LogOptions { Directory = directory };
        using var log = DurableLog.Open(options, new RealDisk(), TimeProvider.System, sessions, retained);
        using var loggers = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddSimpleConsole());
        await using var broker = new MqttBroker(new BrokerOptions(), log, sessions, retained, TimeProvider.System, loggers);
        await broker.StartAsync(CancellationToken.None);

        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseConnectionHandler<MqttConnectionHandler>()));
        builder.Services.AddMqttBroker(broker);
        await using var web = builder.Build();
        await web.StartAsync();
        var address = web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"listening {new Uri(address).Port}"));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.Out.WriteLine((line == "read" ? ReadBacklog(log) : GC.GetTotalAllocatedBytes(precise: true)).ToString(CultureInfo.InvariantCulture));
        }

        await broker.StopAsync(CancellationToken.None);
        await web.StopAsync();
        return 0;
    }

    /// <summary>Reads all readings as a consumer does. Records a second.</summary>
    private static double ReadBacklog(DurableLog log)
    {
        var start = Stopwatch.GetTimestamp();
        using var consumer = log.OpenConsumer("benchmark", RecordKinds.Of(RecordKind.Reading), log.Start);
        var (count, bytes) = (0L, 0L);
        while (consumer.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                count++;
                bytes += record.Body.Length;
            }

            consumer.Advance(frame.Next);
        }

        return bytes == 0 ? 0 : count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
