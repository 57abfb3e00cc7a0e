using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: no page is forgotten, and none is doubled but with its key and a mark. Method: the gateway is killed at random moments while an alert is raised, told,
/// acknowledged from the pager and ended again and again; then what the log says is held against what the pager and the mail server took. How often it is
/// killed: IOTGATEWAY_TEST_KILLS.
/// </summary>
public sealed class NotificationKillTests : NotificationTest
{
    private const int LatestMomentMilliseconds = 600;

    [Fact]
    public async Task Kills_AtRandomMoments_ForgetNoPageAndDoubleNoneUnmarked()
    {
        var kills = int.Parse(Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_KILLS") ?? "6", CultureInfo.InvariantCulture);
        var seed = int.Parse(Environment.GetEnvironmentVariable("IOTGATEWAY_TEST_SEED") ?? $"{Environment.TickCount & 0xFFFFFFF}", CultureInfo.InvariantCulture);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}, {kills} kills");
        var random = new Random(seed);
        using var pager = await Receiver.StartAsync("webhook");
        using var mail = await Receiver.StartAsync("smtp");
        await WriteFilesAsync(pager.Port, mail.Port);
        var port = 0;
        for (var kill = 0; kill < kills; kill++)
        {
            using var gateway = await StartAsync(port);
            port = gateway.MqttPort;
            using var http = new HttpClient { BaseAddress = gateway.Board };
            var before = pager.Taken.Count;
            await PublishAsync(port, 71);
            var watch = Stopwatch.StartNew();
            var moment = TimeSpan.FromMilliseconds(random.Next(LatestMomentMilliseconds));
            await Eventually.HoldsAsync("the moment has come", Deadline, () => watch.Elapsed > moment, Cancellation);
            if (kill % 2 == 1 && pager.Taken.Count > before)
            {
                var key = pager.Taken[^1]["key"];
                await PostReceiptAsync(http, key, $$$"""{"key":"{{{key}}}","acknowledged":{"by":"nurse-1"}}""");
            }

            await PublishAsync(port, random.Next(2) == 0 ? 95 : 70);
            watch.Restart();
            await Eventually.HoldsAsync("the moment has come", Deadline, () => watch.Elapsed > moment, Cancellation);
            await gateway.KillAsync(Cancellation);
        }

        using (await StartAsync(port))
        {
            await PublishAsync(port, 95);
            await Eventually.HoldsAsync("every page has its end", Deadline, async () => OpenPages(await RecordsAsync()).Count == 0, Cancellation);
        }

        Check(seed, await RecordsAsync(), [.. pager.Taken.Select(page => (page["key"], page["repeat"])), .. mail.Taken.Select(KeyOf)]);
    }

    private static void Check(int seed, List<JsonElement> records, List<(string Key, string Repeat)> taken)
    {
        var pages = Of(records, "Page").Where(page => page.GetProperty("form").GetString() == "page").ToList();
        Assert.True(pages.Count > 0, $"seed {seed}: nothing was told.");
        var told = pages.Select(page => (page.GetProperty("person").GetString(), page.GetProperty("type").GetString(), page.GetProperty("items")[0].GetProperty("episode").GetString(), page.GetProperty("items")[0].GetProperty("call").GetInt64())).ToList();
        Assert.True(told.Count == told.Distinct().Count(), $"seed {seed}: a page was written twice.");
        var dropped = Of(records, "PageReceipt").Where(receipt => receipt.GetProperty("state").GetString() == "dropped").Select(receipt => receipt.GetProperty("key").GetString()).ToHashSet();
        foreach (var key in pages.Select(page => page.GetProperty("key").GetString()!))
        {
            var arrivals = taken.Where(arrival => arrival.Key == key).ToList();
            Assert.True(arrivals.Count > 0 || dropped.Contains(key), $"seed {seed}: the page {key} was forgotten.");
            Assert.True(arrivals.Skip(1).All(arrival => arrival.Repeat == "true"), $"seed {seed}: the page {key} came twice and was not marked.");
        }

        // Every alert that was raised was told, unless it was over before anybody could be.
        var episodes = Of(records, "AlertEvent").Where(row => row.GetProperty("patient").GetString() == "p1").GroupBy(row => row.GetProperty("episode").GetString()).ToList();
        var silent = episodes.Where(episode => episode.All(row => row.GetProperty("state").GetString() != "ended") && told.TrueForAll(page => page.Item3 != episode.Key));
        Assert.True(!silent.Any(), $"seed {seed}: nobody was told of an alert that stands.");
    }

    private async Task<List<JsonElement>> RecordsAsync()
    {
        var records = new List<JsonElement>();
        await foreach (var line in GatewayProcess.LinesAsync("queue", "dump", "--data", Data, "--all"))
        {
            records.Add(JsonDocument.Parse(line).RootElement.Clone());
        }

        return records;
    }

    private static List<string> OpenPages(List<JsonElement> records)
    {
        var done = Of(records, "PageReceipt").Where(receipt => receipt.GetProperty("state").GetString() is "sent" or "delivered" or "dropped").Select(receipt => receipt.GetProperty("key").GetString()!).ToHashSet();
        return [.. Of(records, "Page").Where(page => page.GetProperty("form").GetString() == "page").Select(page => page.GetProperty("key").GetString()!).Where(key => !done.Contains(key))];
    }

    private static IEnumerable<JsonElement> Of(List<JsonElement> records, string kind) => records
        .Where(record => record.GetProperty("kind").GetString() == kind)
        .Select(record => JsonDocument.Parse(record.GetProperty("body").GetString()!).RootElement);

    private static (string Key, string Repeat) KeyOf(IReadOnlyDictionary<string, string> mail)
    {
        var lines = mail["mail"].Split("\r\n");
        return (lines.First(line => line.StartsWith("Idempotency-Key: ", StringComparison.Ordinal))["Idempotency-Key: ".Length..],
            lines.Contains("IoTGateway-Repeat: true") ? "true" : "");
    }
}
