using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>A server that stores lines as InfluxDB 1 does, and stumbles (500) over every request that names one device.</summary>
internal sealed class FakeInflux : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public FakeInflux()
    {
        var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        Url = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}/");
        free.Stop();
        _listener.Prefixes.Add(Url.ToString());
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>The device whose lines it stumbles over; null for none.</summary>
    public string? Stumbles { get; set; }

    /// <summary>The lines it has stored; a line that comes again is stored once.</summary>
    public ConcurrentDictionary<string, bool> Lines { get; } = new(StringComparer.Ordinal);

    public int LinesOf(string device) => Lines.Keys.Count(line => line.Contains("device=" + device, StringComparison.Ordinal));

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                var context = await _listener.GetContextAsync();
                await using var body = new GZipStream(context.Request.InputStream, CompressionMode.Decompress);
                using var reader = new StreamReader(body);
                var text = await reader.ReadToEndAsync();
                if (Stumbles is { } device && text.Contains("device=" + device, StringComparison.Ordinal))
                {
                    context.Response.StatusCode = 500;
                }
                else
                {
                    context.Response.StatusCode = 204;
                    foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
                    {
                        Lines.TryAdd(line, true);
                    }
                }

                context.Response.Close();
            }
            catch (Exception failure) when (failure is HttpListenerException or ObjectDisposedException)
            {
                // Closed, by the test or by the client.
            }
        }
    }
}
