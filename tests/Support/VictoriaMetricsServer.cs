using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace IoTGateway.Tests.Support;

/// <summary>
/// A real VictoriaMetrics on a free loopback port: a server other than InfluxDB that takes writes of InfluxDB 2. It keeps numbers only, and one value a time:
/// the newest of what came twice.
/// </summary>
public sealed class VictoriaMetricsServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _program;
    private Process? _process;

    private VictoriaMetricsServer(string program)
    {
        _program = program;
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"));
    }

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>Starts a server; skips the test where the program is not installed.</summary>
    public static async Task<VictoriaMetricsServer> StartNewAsync()
    {
        var server = new VictoriaMetricsServer(OutsidePrograms.Require("victoria-metrics", "victoria-metrics"));
        try
        {
            await server.StartAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }

        return server;
    }

    /// <summary>Starts it, again after <see cref="StopAsync"/>, on the same data.</summary>
    public async Task StartAsync()
    {
        _process = Process.Start(new ProcessStartInfo(
            _program,
            [
                "-storageDataPath=" + _directory["data"], "-httpListenAddr=" + Url.Authority, "-retentionPeriod=100y", "-search.latencyOffset=0s",
                "-selfScrapeInterval=0", "-dedup.minScrapeInterval=1ms", "-loggerLevel=ERROR",
            ])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.HoldsAsync(
            "VictoriaMetrics answers",
            StartDeadline,
            async () => (await _http.GetAsync(new Uri(Url, "/health"), TestContext.Current.CancellationToken)).IsSuccessStatusCode,
            TestContext.Current.CancellationToken);
    }

    /// <summary>Stops it in order: a killed one loses the last seconds of what it had taken, which is its own affair.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            Signals.Terminate(process);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Everything that was stored of metrics: <c>labels time=value</c>, in the order of the times.</summary>
    public async Task<string[]> ExportAsync(string selector)
    {
        await _http.GetAsync(new Uri(Url, "/internal/force_flush"), TestContext.Current.CancellationToken);
        var text = await _http.GetStringAsync(new Uri(Url, "/api/v1/export?match[]=" + Uri.EscapeDataString(selector)), TestContext.Current.CancellationToken);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(RowsOf).OrderBy(row => row.Time).ThenBy(row => row.Text, StringComparer.Ordinal).Select(row => row.Text)];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _http.Dispose();
        _directory.Dispose();
    }

    private static List<(long Time, string Text)> RowsOf(string series)
    {
        using var json = JsonDocument.Parse(series);
        var labels = string.Join(",", json.RootElement.GetProperty("metric").EnumerateObject().OrderBy(label => label.Name, StringComparer.Ordinal).Select(label => $"{label.Name}={label.Value}"));
        return [.. json.RootElement.GetProperty("timestamps").EnumerateArray().Zip(json.RootElement.GetProperty("values").EnumerateArray())
            .Select(pair => (pair.First.GetInt64(), string.Create(CultureInfo.InvariantCulture, $"{labels} {pair.First}={pair.Second}")))];
    }
}
