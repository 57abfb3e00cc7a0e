using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>Devices, nurses at the board, and whoever carries the pager, all at once, until the gateway is gone. What was answered goes to the ledger.</summary>
internal sealed class WardTraffic(GatewayProcess gateway, Receiver pager, WardLedger ledger, TimeSpan span, CancellationToken stop) : IDisposable
{
    private const int ReadingsOfADevice = 3;
    private const int ActsOfAPerson = 4;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly HttpClient _http = new() { BaseAddress = gateway.Board };

    /// <summary>Runs until everybody has done their part, or the gateway is gone.</summary>
    public Task RunAsync(Random random)
    {
        var parts = new List<Task>();
        for (var patient = 1; patient <= BusyWard.Patients; patient++)
        {
            parts.Add(UntilGoneAsync(MeasureAsync(patient, new Random(random.Next()))));
        }

        parts.Add(UntilGoneAsync(AnswerAlertsAsync("anna", new Random(random.Next()))));
        parts.Add(UntilGoneAsync(AnswerAlertsAsync("bert", new Random(random.Next()))));
        parts.Add(UntilGoneAsync(AnswerPagesAsync(new Random(random.Next()))));
        parts.Add(UntilGoneAsync(ObserveAsync(new Random(random.Next()))));
        return Task.WhenAll(parts);
    }

    /// <summary>A reading of one device; returns when it is acknowledged.</summary>
    public async Task PublishAsync(MqttSocket device, int patient, string values)
    {
        var mark = ledger.NextMark();
        var answer = ActAnswer.None;
        try
        {
            await device.PublishAsync(
                $"devices/monitor-{patient}/vitals", string.Create(CultureInfo.InvariantCulture, $"{{{values},\"seq\":{mark}}}"), 1, 1, false, stop);
            await device.ReadAsync(4, stop);
            answer = ActAnswer.Done;
        }
        finally
        {
            ledger.Add(new Act(ActKind.Reading, mark.ToString(CultureInfo.InvariantCulture), $"p{patient}", answer));
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task MeasureAsync(int patient, Random random)
    {
        using var device = (await MqttSocket.ConnectAsync(1, gateway.MqttPort, $"monitor-{patient}-", 4, stop))[0];
        for (var reading = 0; reading < ReadingsOfADevice; reading++)
        {
            await MomentAsync(random, ReadingsOfADevice);

            // The last patient changes seldom: an alert that stands acknowledged for long calls again.
            if (patient == BusyWard.Patients && random.Next(10) > 0)
            {
                continue;
            }

            var (spo2, hr, rr) = (Pick(random, 70, 86, 95), Pick(random, 30, 45, 80), Pick(random, 5, 15));
            await PublishAsync(device, patient, random.Next(4) switch
            {
                0 => $"\"spo2\":{spo2},\"hr\":{hr}",
                1 => $"\"hr\":{hr}",
                2 => $"\"spo2\":{spo2},\"rr\":{rr}",
                _ => $"\"spo2\":{spo2}",
            });
        }
    }

    private async Task AnswerAlertsAsync(string by, Random random)
    {
        for (var act = 0; act < ActsOfAPerson; act++)
        {
            await MomentAsync(random, ActsOfAPerson);
            using var shown = JsonDocument.Parse(await _http.GetStringAsync(new Uri("api/alerts", UriKind.Relative), stop));
            var standing = shown.RootElement.GetProperty("alerts").EnumerateArray().Where(alert => Of(alert, "ward") == "ICU" && Of(alert, "state") != "pending").ToList();
            if (standing.Count == 0)
            {
                continue;
            }

            var alert = standing[random.Next(standing.Count)];
            var (mark, episode) = ($"mark {ledger.NextMark()}", Of(alert, "episode"));
            if (random.Next(3) > 0)
            {
                await PostAsync(
                    ActKind.Acknowledgement, mark, episode, $"api/alerts/{Of(alert, "id")}/ack",
                    new { episode, by, note = mark, state = Of(alert, "state"), priority = Of(alert, "priority") });
            }
            else
            {
                await PostAsync(
                    ActKind.Silence, mark, episode, $"api/alerts/{Of(alert, "id")}/silence", new { episode, by, reason = mark, seconds = Pick(random, 1, 4, 60) });
            }
        }
    }

    private async Task AnswerPagesAsync(Random random)
    {
        for (var act = 0; act < ActsOfAPerson; act++)
        {
            await MomentAsync(random, ActsOfAPerson);
            var pages = pager.Taken;
            if (pages.Count == 0)
            {
                continue;
            }

            var page = pages[^random.Next(1, Math.Min(pages.Count, BusyWard.Patients) + 1)];
            var (key, mark) = (page["key"], $"mark {ledger.NextMark()}");
            if (random.Next(3) == 0)
            {
                using var delivered = NotificationTest.ReceiptOf(key, JsonSerializer.Serialize(new { key, delivered = true }));
                using var taken = await _http.SendAsync(delivered, stop);
                continue;
            }

            using var body = JsonDocument.Parse(page["body"]);
            var alerts = body.RootElement.GetProperty("alerts").EnumerateArray().ToDictionary(alert => Of(alert, "id"), alert => Of(alert, "episode"));
            var results = new Dictionary<string, ActAnswer>();
            try
            {
                using var request = NotificationTest.ReceiptOf(key, JsonSerializer.Serialize(new { key, acknowledged = new { by = "pager", note = mark } }));
                using var answer = await _http.SendAsync(request, stop);
                results = alerts.Keys.ToDictionary(id => id, _ => ActAnswer.Refused);
                if (answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Conflict)
                {
                    using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(stop));
                    results = said.RootElement.GetProperty("alerts").EnumerateArray().ToDictionary(alert => Of(alert, "id"), alert => AnswerOf(Of(alert, "result")));
                }
            }
            finally
            {
                foreach (var (id, episode) in alerts)
                {
                    ledger.Add(new Act(ActKind.Acknowledgement, mark, episode, results.GetValueOrDefault(id, ActAnswer.None)));
                }
            }
        }
    }

    private async Task ObserveAsync(Random random)
    {
        for (var act = 0; act < 2; act++)
        {
            await MomentAsync(random, 2);
            var (patient, mark) = ($"p{random.Next(1, BusyWard.Patients + 1)}", $"mark {ledger.NextMark()}");
            await PostAsync(
                ActKind.Observation, mark, patient, "api/observations",
                new { patient, by = "anna", note = mark, values = new[] { new { signal = "temp", value = random.Next(2) == 0 ? "39.6" : "37.1" } } });
        }
    }

    private async Task PostAsync(ActKind kind, string mark, string subject, string address, object request)
    {
        var result = ActAnswer.None;
        try
        {
            using var answer = await _http.PostAsJsonAsync(new Uri(address, UriKind.Relative), request, stop);
            var said = await answer.Content.ReadAsStringAsync(stop);
            result = answer.StatusCode switch
            {
                HttpStatusCode.OK when kind == ActKind.Acknowledgement => ResultOf(said),
                HttpStatusCode.OK => ActAnswer.Done,
                HttpStatusCode.Conflict or HttpStatusCode.NotFound => ActAnswer.Refused,
                var status => throw new InvalidOperationException($"The gateway answered {kind} with {(int)status}: {said}"),
            };
        }
        finally
        {
            ledger.Add(new Act(kind, mark, subject, result));
        }
    }

    /// <summary>Waits for a part of the time in which the gateway will be killed, so that not all act at its beginning.</summary>
    private Task MomentAsync(Random random, int parts)
    {
        var (watch, moment) = (Stopwatch.StartNew(), span * (random.NextDouble() * 2 / parts));
        return Eventually.HoldsAsync("the moment has come", Deadline, () => watch.Elapsed >= moment, stop);
    }

    private static async Task UntilGoneAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or SocketException or OperationCanceledException)
        {
            // The gateway was killed.
        }
    }

    private static ActAnswer ResultOf(string reply)
    {
        using var read = JsonDocument.Parse(reply);
        return AnswerOf(Of(read.RootElement, "result"));
    }

    private static ActAnswer AnswerOf(string result) => result switch
    {
        "acknowledged" => ActAnswer.Done,
        "alreadyAcknowledged" or "already acknowledged" => ActAnswer.DoneBefore,
        _ => ActAnswer.Refused,
    };

    private static int Pick(Random random, params ReadOnlySpan<int> values) => values[random.Next(values.Length)];

    private static string Of(JsonElement element, string member) => element.GetProperty(member).GetString()!;
}
