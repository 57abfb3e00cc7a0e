using System.Net.Http.Json;
using System.Text.Json;
using IoTGateway.Board.Tests.EndToEnd;
using IoTGateway.Tests.Support;

[assembly: AssemblyFixture(typeof(WardGateway))]

namespace IoTGateway.Board.Tests.EndToEnd;

/// <summary>
/// A gateway process for the ward of <see cref="Ward"/>, started by the first test that wants it. As a fixture of the assembly all tests share one; a test
/// that kills or breaks it makes its own.
/// </summary>
public sealed class WardGateway : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();
    private readonly HttpClient _http = new();
    private readonly Dictionary<string, BedsideMonitor> _monitors = new(StringComparer.Ordinal);
    private PhoneReceiver? _phone;
    private GatewayProcess? _process;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Where its rule files are.</summary>
    public string RulesDirectory => _directory["rules"];

    /// <summary>Where devices connect.</summary>
    public int MqttPort => _process!.MqttPort;

    /// <summary>Starts it if it does not run, on the ports it had before. Returns where the board is.</summary>
    public async Task<Uri> StartAsync()
    {
        if (_process is { } running)
        {
            return running.Board;
        }

        if (_phone is null)
        {
            _phone = await PhoneReceiver.StartAsync();
            await WriteFilesAsync(_phone.Port);
        }

        return await LaunchAsync(0, 0);
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        HangUp();
        await _process!.KillAsync(Cancellation);
    }

    /// <summary>Starts it again where it was before it was killed.</summary>
    public async Task StartAgainAsync()
    {
        var (mqtt, http) = (_process!.MqttPort, _process.Board.Port);
        _process.Dispose();
        await LaunchAsync(mqtt, http);
    }

    /// <summary>Has a bedside monitor send a reading; returns when the gateway has acknowledged it, so it is durable.</summary>
    public async Task SendAsync(string device, string json)
    {
        if (!_monitors.TryGetValue(device, out var monitor))
        {
            _monitors.Add(device, monitor = await BedsideMonitor.ConnectAsync(MqttPort, device, Cancellation));
        }

        await monitor.SendAsync(json, Cancellation);
    }

    /// <summary>What the interface answers.</summary>
    public async Task<JsonElement> ReadAsync(string path)
    {
        using var answer = JsonDocument.Parse(await _http.GetStringAsync(new Uri(_process!.Board, path), Cancellation));
        return answer.RootElement.Clone();
    }

    /// <summary>Has something done over the interface; fails with its sentence if it was not.</summary>
    public async Task OrderAsync(string path, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(_process!.Board, path), body, Cancellation);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>The alert of this name that stands at a patient.</summary>
    public async Task<JsonElement> AlertAsync(string patient, string name, Func<JsonElement, bool>? state = null)
    {
        JsonElement found = default;
        await Eventually.HoldsAsync(
            $"'{name}' stands at {patient} as wanted",
            Deadline,
            async () =>
            {
                var all = (await ReadAsync("api/alerts")).GetProperty("alerts").EnumerateArray();
                found = all.First(alert => alert.GetProperty("patient").GetString() == patient && alert.GetProperty("alert").GetString() == name);
                return state?.Invoke(found) ?? true;
            },
            Cancellation);
        return found;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        HangUp();
        _process?.Dispose();
        _http.Dispose();
        if (_phone is not null)
        {
            await _phone.DisposeAsync();
        }

        _directory.Dispose();
    }

    private void HangUp()
    {
        foreach (var monitor in _monitors.Values)
        {
            monitor.Dispose();
        }

        _monitors.Clear();
    }

    private async Task<Uri> LaunchAsync(int mqttPort, int httpPort)
    {
        _process = await GatewayProcess.StartAsync(
            "run", _directory["data"], mqttPort, httpPort, Cancellation, "--rules", RulesDirectory, "--census", _directory["census.yaml"],
            "--roster", _directory["roster.yaml"], "--notifications", _directory["notifications.yaml"]);
        return _process.Board;
    }

    private async Task WriteFilesAsync(int phone)
    {
        Directory.CreateDirectory(RulesDirectory);
        var signals = await File.ReadAllTextAsync(Repository.PathOf("rules/00-signals.yaml"), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(RulesDirectory, "00-signals.yaml"), Ward.Signals(signals), Cancellation);
        await File.WriteAllTextAsync(Path.Combine(RulesDirectory, "10-ward.yaml"), Ward.Rules, Cancellation);
        File.Copy(Repository.PathOf("rules/30-news2.yaml"), Path.Combine(RulesDirectory, "30-news2.yaml"));
        await File.WriteAllTextAsync(_directory["census.yaml"], Ward.Census, Cancellation);
        await File.WriteAllTextAsync(_directory["roster.yaml"], Ward.Roster, Cancellation);
        await File.WriteAllTextAsync(_directory["notifications.yaml"], Ward.Notifications(phone), Cancellation);
    }
}
