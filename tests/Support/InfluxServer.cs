using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Xunit;

namespace IoTGateway.Tests.Support;

/// <summary>A real InfluxDB 1 on free loopback ports with its data in a directory of its own; can be killed and started again.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(60);
    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private readonly string _program;
    private readonly bool _authenticates;
    private Process? _process;

    private InfluxServer(string program, bool authenticates)
    {
        _program = program;
        _authenticates = authenticates;
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}"));
    }

    /// <summary>Where it answers.</summary>
    public Uri Url { get; }

    /// <summary>Starts a server; skips the test where the program is not installed.</summary>
    public static async Task<InfluxServer> StartNewAsync(bool authenticates = false)
    {
        var server = new InfluxServer(OutsidePrograms.Require("influxd", "influxdb"), authenticates);
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

    /// <summary>Starts it, again after <see cref="KillAsync"/>, on the same data.</summary>
    public async Task StartAsync()
    {
        var configuration = _directory["influxdb.conf"];
        await File.WriteAllTextAsync(configuration, string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort()}"
            [meta]
            dir = "{_directory["meta"]}"
            [data]
            dir = "{_directory["data"]}"
            wal-dir = "{_directory["wal"]}"
            query-log-enabled = false
            [monitor]
            store-enabled = false
            [http]
            bind-address = "127.0.0.1:{Url.Port}"
            auth-enabled = {(_authenticates ? "true" : "false")}
            log-enabled = false
            """));
        _process = Process.Start(new ProcessStartInfo(_program, ["-config", configuration])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        _process.OutputDataReceived += (_, _) => { };
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await Eventually.HoldsAsync(
            "influxd answers",
            StartDeadline,
            async () => (await _http.GetAsync(new Uri(Url, "/ping"), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.NoContent,
            TestContext.Current.CancellationToken);
    }

    /// <summary>Kills it with SIGKILL.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>Runs InfluxQL; the rows of the first series, columns separated by bars, times in milliseconds.</summary>
    public async Task<string[]> QueryAsync(string query, string database = "iot", string? userAndPassword = null)
    {
        var credentials = userAndPassword?.Split(':') is [var user, var password] ? $"&u={user}&p={password}" : "";
        var address = new Uri(Url, $"/query?db={database}&epoch=ms{credentials}");
        using var form = new FormUrlEncodedContent([new("q", query)]);
        using var response = await _http.PostAsync(address, form, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, text);
        using var json = JsonDocument.Parse(text);
        var result = json.RootElement.GetProperty("results")[0];
        Assert.False(result.TryGetProperty("error", out var error), error.ToString());
        return result.TryGetProperty("series", out var series)
            ? [.. series[0].GetProperty("values").EnumerateArray().Select(row => string.Join('|', row.EnumerateArray()))]
            : [];
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _http.Dispose();
        _directory.Dispose();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
