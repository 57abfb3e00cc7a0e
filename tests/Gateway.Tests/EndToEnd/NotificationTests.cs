using System.Net;
using System.Text.Json;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>
/// Goal: an alert reaches a pager and a mailbox, is acknowledged from the pager, and a kill neither forgets nor doubles a page. Method: a gateway with a roster,
/// a web server and a mail server, each a process of its own.
/// </summary>
public sealed class NotificationTests : NotificationTest
{
    [Fact]
    public async Task Alert_WithARoster_ReachesPagerAndMailAndIsAcknowledgedFromThePager()
    {
        using var pager = await Receiver.StartAsync("webhook");
        using var mail = await Receiver.StartAsync("smtp");
        await WriteFilesAsync(pager.Port, mail.Port);
        using var gateway = await StartAsync(0);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        await Eventually.HoldsAsync("it is ready", Deadline, async () => (await http.GetAsync(new Uri("readyz", UriKind.Relative), Cancellation)).IsSuccessStatusCode, Cancellation);
        await PublishAsync(gateway.MqttPort, 71);
        await pager.TookAsync(1);
        await mail.TookAsync(1);

        var page = pager.Taken[0];
        Assert.Equal(("", Sign(page["timestamp"], page["body"])), (page["repeat"], page["signature"]));
        using var body = JsonDocument.Parse(page["body"]);
        Assert.Equal("high", body.RootElement.GetProperty("priority").GetString());
        Assert.Contains("Subject: HIGH", mail.Taken[0]["mail"], StringComparison.Ordinal);

        var key = page["key"];
        var acknowledgement = $$$"""{"key":"{{{key}}}","acknowledged":{"by":"nurse-1","note":"on my way"}}""";
        Assert.Equal(HttpStatusCode.Unauthorized, await PostReceiptAsync(http, key, acknowledgement, "v1=00"));
        Assert.Equal(HttpStatusCode.BadRequest, await PostReceiptAsync(http, key, """{"key":"another","delivered":true}"""));
        Assert.Equal(HttpStatusCode.NotFound, await PostReceiptAsync(http, "another", """{"key":"another","delivered":true}"""));
        Assert.Equal(HttpStatusCode.NoContent, await PostReceiptAsync(http, key, $$"""{"key":"{{key}}","delivered":true}"""));
        Assert.Equal(HttpStatusCode.OK, await PostReceiptAsync(http, key, acknowledgement));
        await Eventually.HoldsAsync("it is acknowledged", Deadline, async () => (await http.GetStringAsync("api/alerts", Cancellation)).Contains("nurse-1", StringComparison.Ordinal), Cancellation);
        Assert.Contains("iotgateway_notifications_pages", await http.GetStringAsync("metrics", Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kill_BetweenAcceptanceAndRecord_SendsTheSameKeyMarkedAndNothingElseTwice()
    {
        using var pager = await Receiver.StartAsync("webhook");
        using var mail = await Receiver.StartAsync("smtp");
        await WriteFilesAsync(pager.Port, mail.Port);
        await pager.AnswerAsync(0); // It takes the page and never answers.
        int port;
        using (var gateway = await StartAsync(0))
        {
            port = gateway.MqttPort;
            await PublishAsync(port, 71);
            await pager.TookAsync(1);
            await Eventually.HoldsAsync("the mail is on record as sent", Deadline, () => IsSentAsync(gateway), Cancellation);
            await gateway.KillAsync(Cancellation);
        }

        await pager.AnswerAsync(200);
        using (await StartAsync(port))
        {
            await pager.TookAsync(2);
        }

        // On a busy machine the first gateway may have waited for its answer in vain, and tried once more, before it was killed.
        Assert.Equal("", pager.Taken[0]["repeat"]);
        Assert.All(pager.Taken.Skip(1), page => Assert.Equal((pager.Taken[0]["key"], "true"), (page["key"], page["repeat"])));
        Assert.Single(mail.Taken);
    }

    [Fact]
    public async Task Files_ThatGoBadWhileRunning_LeaveTheLastGoodInForceAlsoOverARestart()
    {
        using var pager = await Receiver.StartAsync("webhook");
        using var mail = await Receiver.StartAsync("smtp");
        await WriteFilesAsync(pager.Port, mail.Port);
        int port;
        using (var gateway = await StartAsync(0))
        {
            port = gateway.MqttPort;
            using var http = new HttpClient { BaseAddress = gateway.Board };
            await Eventually.HoldsAsync("it is ready", Deadline, async () => (await http.GetAsync(new Uri("readyz", UriKind.Relative), Cancellation)).IsSuccessStatusCode, Cancellation);
            await File.WriteAllTextAsync(PathOf("roster.yaml"), "version: 1\npeople: []\nroster: nobody\n", Cancellation);
            await Eventually.HoldsAsync("it says so", Deadline, async () => (await http.GetStringAsync("readyz", Cancellation)).Contains("the last good ones stay in force", StringComparison.Ordinal), Cancellation);
        }

        using var again = await StartAsync(port);
        await PublishAsync(port, 71);
        await pager.TookAsync(1);
    }

    [Fact]
    public async Task Rules_ThatNoLongerRaiseWhatARouteIsFor_AreSaidByReadinessWhileItRuns()
    {
        await WriteFilesAsync(Receiver.FreePort(), Receiver.FreePort());
        await File.AppendAllTextAsync(PathOf("notifications.yaml"), "\n  - { route: saturation, only for: { alert: SpO2 low }, notify: nurse }\n", Cancellation);
        using var gateway = await StartAsync(0);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        await Eventually.HoldsAsync("it is ready", Deadline, async () => (await http.GetAsync(new Uri("readyz", UriKind.Relative), Cancellation)).IsSuccessStatusCode, Cancellation);
        Assert.DoesNotContain("the route", await http.GetStringAsync("readyz", Cancellation), StringComparison.Ordinal);

        var rules = await File.ReadAllTextAsync(PathOf("rules/10.yaml"), Cancellation);
        await File.WriteAllTextAsync(PathOf("rules/10.yaml"), rules.Replace("- alert: SpO2 low", "- alert: Saturation low\n    was: SpO2 low", StringComparison.Ordinal), Cancellation);

        await Eventually.HoldsAsync("it says so", Deadline, async () => await DegradedAsync(http) is [var only] && only.EndsWith(
            "notifications.yaml:7: the route 'saturation' is for the alert 'SpO2 low', which is called 'Saturation low' now: it tells nobody of it.", StringComparison.Ordinal), Cancellation);
    }

    private static async Task<string[]> DegradedAsync(HttpClient http)
    {
        using var ready = System.Text.Json.JsonDocument.Parse(await http.GetStringAsync("readyz", Cancellation));
        return [.. ready.RootElement.GetProperty("degraded").EnumerateArray().Select(sentence => sentence.GetString()!)];
    }

    [Fact]
    public async Task Hour_InWhichNobodyIsThere_FailsTheCheckAndReadiness()
    {
        await WriteFilesAsync(Receiver.FreePort(), Receiver.FreePort());
        var roster = await File.ReadAllTextAsync(PathOf("roster.yaml"), Cancellation);
        await File.WriteAllTextAsync(PathOf("roster.yaml"), roster.Replace("from: 00:00", "from: 00:30", StringComparison.Ordinal), Cancellation);
        await File.AppendAllTextAsync(PathOf("census.yaml"), "\n  - ward: Dialysis\n    beds: [{ bed: D-1 }]\n", Cancellation);
        using var gateway = await StartAsync(0);
        using var http = new HttpClient { BaseAddress = gateway.Board };
        await Eventually.HoldsAsync(
            "it is not ready", Deadline, async () =>
            {
                using var answer = await http.GetAsync(new Uri("readyz", UriKind.Relative), Cancellation);
                return answer.StatusCode == HttpStatusCode.ServiceUnavailable && (await answer.Content.ReadAsStringAsync(Cancellation)).Contains("nobody has the role", StringComparison.Ordinal);
            },
            Cancellation);
        Assert.StartsWith("ok", await http.GetStringAsync("healthz", Cancellation), StringComparison.Ordinal);

        var (code, output) = await GatewayProcess.RunAsync(
            ["config", "check", "--rules", PathOf("rules"), "--roster", PathOf("roster.yaml"), "--notifications", PathOf("notifications.yaml"), "--census", PathOf("census.yaml")]);
        Assert.Equal(1, code);
        Assert.Contains("N030: ward 'ICU': nobody has the role 'nurse' Mon 00:00 to Mon 00:30", output, StringComparison.Ordinal);
        Assert.Contains("the ward 'Dialysis' of the census has no roster", output, StringComparison.Ordinal);
        Assert.Contains("the gateway would take this, and say at /readyz that it is not ready", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfWhatIsComplete_IsFine()
    {
        await WriteFilesAsync(Receiver.FreePort(), Receiver.FreePort());
        var (code, output) = await GatewayProcess.RunAsync(
            ["config", "check", "--rules", PathOf("rules"), "--roster", PathOf("roster.yaml"), "--notifications", PathOf("notifications.yaml")]);
        Assert.True(code == 0, output);
        var (alone, error) = await GatewayProcess.RunAsync(["config", "check", "--rules", PathOf("rules"), "--roster", PathOf("roster.yaml")]);
        Assert.Equal(1, alone);
        Assert.Contains("belong together", error, StringComparison.Ordinal);
    }

    private static async Task<bool> IsSentAsync(GatewayProcess gateway)
    {
        using var http = new HttpClient { BaseAddress = gateway.Board };
        var metrics = await http.GetStringAsync("metrics", Cancellation);
        return metrics.Split('\n').Any(line => line.StartsWith("iotgateway_notifications_pages", StringComparison.Ordinal)
            && line.Contains("state=\"sent\"", StringComparison.Ordinal) && line.Contains("} 1", StringComparison.Ordinal));
    }
}
