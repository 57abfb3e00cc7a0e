using System.Net;
using SmtpServer;
using SmtpServer.ComponentModel;

namespace IoTGateway.NotificationReceivers;

/// <summary>A mail server that prints the mails it takes.</summary>
internal static class SmtpReceiver
{
    public static async Task RunAsync(int port, TimeSpan thinksFor)
    {
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port))).Build();
        var services = new ServiceProvider();
        services.Add(new PrintingStore(thinksFor));
        var server = new SmtpServer.SmtpServer(options, services);
        var running = server.StartAsync(CancellationToken.None);
        Console.Out.WriteLine("listening");
        await running;
    }
}
