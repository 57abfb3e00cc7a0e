using System.Net;
using System.Security.Cryptography.X509Certificates;
using SmtpServer;
using SmtpServer.Authentication;
using SmtpServer.ComponentModel;

namespace IoTGateway.NotificationReceivers;

/// <summary>A mail server that prints the mails it takes.</summary>
internal static class SmtpReceiver
{
    public static async Task RunAsync(int port, TimeSpan thinksFor, SmtpProtection? protection)
    {
        var services = new ServiceProvider();
        services.Add(new PrintingStore(thinksFor));
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint =>
        {
            endpoint.Endpoint(new IPEndPoint(IPAddress.Loopback, port));
            if (protection is not null)
            {
                endpoint.Certificate(X509CertificateLoader.LoadPkcs12FromFile(protection.CertificateFile, null)).AuthenticationRequired().AllowUnsecureAuthentication(false);
            }
        }).Build();
        if (protection is not null)
        {
            services.Add(new DelegatingUserAuthenticator((string user, string password) => user == protection.User && password == protection.Password));
        }

        var server = new SmtpServer.SmtpServer(options, services);
        var running = server.StartAsync(CancellationToken.None);
        Console.Out.WriteLine("listening");
        await running;
    }
}
