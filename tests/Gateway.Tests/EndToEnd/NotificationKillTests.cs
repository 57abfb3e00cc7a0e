using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IoTGateway.Gateway.Tests.EndToEnd.Kills;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: whenever the gateway is killed, no alert is lost, none is raised twice, no page is forgotten, and one is repeated only as promised, with the same key.
/// Method: six devices, nurses at the board, whoever carries the pager, and a mail server act at once while the gateway is killed at random moments, also while
/// it starts. What it had answered is held against its log, its archive, and what the pager and the mail server took.
/// </summary>
/// <remarks>
/// IOTGATEWAY_TEST_KILLS=200 says how often; without it, for some 40 s. IOTGATEWAY_TEST_SEED chooses the moments. The start of the gateway is most of the time:
/// TMPDIR=/dev/shm spares it the disk, of which a kill takes nothing away.
/// </remarks>
public sealed class NotificationKillTests : NotificationTest
{
    /// <summary>So many of a hundred kills fall into a start.</summary>
    private const int StartsKilledPercent = 40;

    private static readonly TimeSpan Span = TimeSpan.FromSeconds(40);
    private static readonly TimeSpan FinalDeadline = TimeSpan.FromMinutes(4);

    /// <summary>A pager and a mail server that answer a moment after they have taken a page: then many a kill falls between the two.</summary>
    private static readonly TimeSpan ThinksFor = TimeSpan.FromMilliseconds(100);

    private readonly WardLedger _ledger = new();
    private TimeSpan _start = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Kills_AtRandomMoments_LoseNoAlertForgetNoPageAndDoubleNothingUnmarked()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_SEED") ?? $"{Environment.TickCount & 0xFFFFFFF}", CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var pager = await Receiver.StartAsync("webhook", ThinksFor);
        using var mail = await Receiver.StartAsync("smtp", ThinksFor);
        Directory.CreateDirectory(PathOf("rules"));
        foreach (var (name, text) in BusyWard.Files(pager.Port, mail.Port, await WriteSecretAsync()))
        {
            await File.WriteAllTextAsync(PathOf(name), text, Cancellation);
        }

        var watch = Stopwatch.StartNew();
        var kills = Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_KILLS") is { } wanted ? int.Parse(wanted, CultureInfo.InvariantCulture) : (int?)null;
        while (kills is { } number ? _ledger.Kills.Count < number : watch.Elapsed < Span)
        {
            if (_ledger.Kills.Count > 0 && random.Next(100) < StartsKilledPercent)
            {
                await KillWhileStartingAsync(random);
            }
            else
            {
                await KillUnderWayAsync(random, pager);
            }
        }

        var log = await FinishAsync(pager);
        var taken = pager.Taken.Select(page => (page["key"], page["repeat"])).Concat(mail.Taken.Select(KeyOf)).ToList();
        var pages = new PageCheck(_ledger, log, taken);
        var figures = $"seed {seed}: {_ledger}; {log.Events.Count()} alert events, {log.Pages.Count()} pages, {pages.Dropped} of them dropped; "
            + $"{taken.Count} deliveries, {pages.Repeats} of them marked as repeats, {pages.Doubled} pages came more than once; {watch.Elapsed.TotalSeconds:0} s";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        try
        {
            ActCheck.Holds(_ledger, log);
            AlertCheck.Holds(log);
            pages.Holds();
            ArchiveCheck.Holds(Path.Combine(Data, "archive", "archive.sqlite"), log);
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException(figures, failure);
        }
    }

    private async Task KillUnderWayAsync(Random random, Receiver pager)
    {
        var watch = Stopwatch.StartNew();
        using var gateway = await StartFastAsync();
        _start = (_start + watch.Elapsed) / 2;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);

        // A slow machine needs longer for the same things, also for its starts.
        var moment = _start * (0.1 + (random.NextDouble() * 1.4));
        using var traffic = new WardTraffic(gateway, pager, _ledger, moment, stop.Token);
        var running = traffic.RunAsync(random);
        watch.Restart();
        await Eventually.HoldsAsync("the moment has come", Deadline, () => watch.Elapsed >= moment, Cancellation);
        await KillAsync(gateway);
        await stop.CancelAsync();
        await running;
    }

    /// <summary>Kills a gateway at any moment between its first instruction and the time at which it listens as a rule.</summary>
    private async Task KillWhileStartingAsync(Random random)
    {
        var moment = _start * (0.2 + random.NextDouble());
        var watch = Stopwatch.StartNew();
        using var gateway = GatewayProcess.Launch(["run", "--data", Data, "--mqtt", "127.0.0.1:0", "--http", "127.0.0.1:0", .. Arguments]);
        await Eventually.HoldsAsync("the moment has come", Deadline, () => watch.Elapsed >= moment, Cancellation);
        await KillAsync(gateway);
        _ledger.KillsOfStarts++;
    }

    private async Task KillAsync(GatewayProcess gateway)
    {
        var before = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await gateway.KillAsync(Cancellation);
        _ledger.Kills.Add((before, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds()));
    }

    /// <summary>One last run: some alerts stand, some do not; then everything has its end, and the gateway is stopped.</summary>
    private async Task<WardLog> FinishAsync(Receiver pager)
    {
        using var gateway = await StartFastAsync();
        using var traffic = new WardTraffic(gateway, pager, _ledger, TimeSpan.Zero, Cancellation);
        for (var patient = 1; patient <= BusyWard.Patients; patient++)
        {
            using var device = (await MqttSocket.ConnectAsync(1, gateway.MqttPort, $"monitor-{patient}-", 4, Cancellation))[0];
            await traffic.PublishAsync(device, patient, patient % 2 == 0 ? "\"spo2\":70,\"hr\":80,\"rr\":5" : "\"spo2\":95,\"hr\":30,\"rr\":15");
        }

        using var http = new HttpClient { BaseAddress = gateway.Board };
        await Eventually.HoldsAsync("what stands has been told, with its stage", FinalDeadline, async () => await AlertsAreSettledAsync(http), Cancellation);
        await ShowsObservationsAsync(http);
        await Eventually.HoldsAsync("every page has its end", FinalDeadline, async () => (await WardLog.ReadAsync(Data)).OpenPages.Count == 0, Cancellation);
        await Eventually.HoldsAsync("the archive has caught up", Deadline, async () => (await gateway.DepthsAsync(Cancellation))["archive"] == 0, Cancellation);
        gateway.Terminate();
        await gateway.WaitForExitAsync(Deadline, Cancellation);
        return await WardLog.ReadAsync(Data);
    }

    /// <summary>What is pending has become active, and whatever calls at high priority has come to its last stage.</summary>
    private static async Task<bool> AlertsAreSettledAsync(HttpClient http)
    {
        using var shown = JsonDocument.Parse(await http.GetStringAsync(new Uri("api/alerts", UriKind.Relative), Cancellation));
        var alerts = shown.RootElement.GetProperty("alerts").EnumerateArray().Where(alert => alert.GetProperty("ward").GetString() == "ICU").ToList();
        return alerts.Count(alert => alert.GetProperty("id").GetString()!.EndsWith(":" + BusyWard.Slow, StringComparison.Ordinal)) == BusyWard.Patients / 2
            && alerts.TrueForAll(alert => alert.GetProperty("state").GetString() != "pending")
            && alerts.Where(alert => alert.GetProperty("calls").GetBoolean() && alert.GetProperty("priority").GetString() == "high")
                .All(alert => alert.TryGetProperty("escalation", out var escalation)
                    && escalation.GetProperty("pages").EnumerateArray().Any(page => page.GetProperty("stage").GetInt32() > 0));
    }

    /// <summary>Every observation that was answered is shown.</summary>
    private async Task ShowsObservationsAsync(HttpClient http)
    {
        foreach (var patient in _ledger.Acts.Where(act => act is { Kind: ActKind.Observation, Answer: ActAnswer.Done }).GroupBy(act => act.Subject))
        {
            using var shown = JsonDocument.Parse(await http.GetStringAsync(new Uri($"api/patients/{patient.Key}/observations", UriKind.Relative), Cancellation));
            var notes = shown.RootElement.GetProperty("observations").EnumerateArray().Select(observation => observation.GetProperty("note").GetString()!).ToList();
            Assert.Equal(notes.Count, notes.Distinct(StringComparer.Ordinal).Count());
            Assert.Subset(notes.ToHashSet(StringComparer.Ordinal), patient.Select(act => act.Mark).ToHashSet(StringComparer.Ordinal));
        }
    }

    private string[] Arguments => [.. FileArguments, "--config", PathOf("settings.json")];

    private Task<GatewayProcess> StartFastAsync() => StartGatewayAsync(0, Arguments);

    private static (string Key, string Repeat) KeyOf(IReadOnlyDictionary<string, string> mail)
    {
        var lines = mail["mail"].Split("\r\n");
        return (lines.First(line => line.StartsWith("Idempotency-Key: ", StringComparison.Ordinal))["Idempotency-Key: ".Length..],
            lines.Contains("IoTGateway-Repeat: true") ? "true" : "");
    }
}
