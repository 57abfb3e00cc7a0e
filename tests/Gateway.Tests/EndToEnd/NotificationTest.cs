using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using IoTGateway.Tests.Support;

namespace IoTGateway.Gateway.Tests.EndToEnd;

/// <summary>A gateway with one rule, one patient, a roster, a pager and a mailbox.</summary>
public abstract class NotificationTest : EndToEndTest
{
    private const string Secret = "a secret of the test";

    /// <summary>The files of the gateway, as its command line names them.</summary>
    protected string[] FileArguments =>
        ["--rules", PathOf("rules"), "--census", PathOf("census.yaml"), "--roster", PathOf("roster.yaml"), "--notifications", PathOf("notifications.yaml")];

    internal Task<GatewayProcess> StartAsync(int port) => StartGatewayAsync(port, FileArguments);

    protected async Task WriteFilesAsync(int pager, int mail)
    {
        Directory.CreateDirectory(PathOf("rules"));
        await WriteSecretAsync();
        await File.WriteAllTextAsync(PathOf("rules/10.yaml"), """
            version: 1
            population: adults
            rules:
              - alert: SpO2 low
                when: spo2 < 85
                clear when: spo2 >= 88
                priority: high
                message: "SpO2 {spo2} %"
            """, Cancellation);
        await File.WriteAllTextAsync(PathOf("census.yaml"), """
            version: 1
            wards:
              - ward: ICU
                beds: [{ bed: ICU-1, patient: p1, devices: [monitor-1] }]
            """, Cancellation);
        await File.WriteAllTextAsync(PathOf("roster.yaml"), """
            version: 1
            people:
              - { person: nurse phone, channels: [pager: 4711] }
              - { person: mailbox, channels: [mail: ward-1@hospital.example] }
            roster:
              - ward: ICU
                shifts: [{ from: 00:00, to: 24:00, roles: { nurse: nurse phone } }]
            """, Cancellation);
        await File.WriteAllTextAsync(PathOf("notifications.yaml"), string.Create(CultureInfo.InvariantCulture, $$"""
            version: 1
            channels:
              - { channel: pager, webhook: "http://127.0.0.1:{{pager}}/pages", secret: { file: "{{PathOf("secret")}}" }, timeout: 20 s, taken within: 5 min }
              - { channel: mail, email: { server: 127.0.0.1, port: {{mail}}, tls: none, from: alerts@hospital.example } }
            routes:
              - { route: nurses, only for: { ward: ICU, priority: high }, notify: nurse, persons: mailbox }
            """), Cancellation);
    }

    /// <summary>The file with the pager's secret, which <see cref="Sign"/> knows.</summary>
    protected async Task<string> WriteSecretAsync()
    {
        await File.WriteAllTextAsync(PathOf("secret"), Secret, Cancellation);
        return PathOf("secret");
    }

    protected static async Task PublishAsync(int port, int spo2)
    {
        using var device = (await MqttSocket.ConnectAsync(1, port, "monitor-", 4, Cancellation))[0];
        await device.PublishAsync("devices/monitor-1/vitals", $$"""{"spo2":{{spo2}}}""", 1, 1, false, Cancellation);
        await device.ReadAsync(4, Cancellation);
    }

    internal static string Sign(string timestamp, string body) =>
        "v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(timestamp + "." + body)));

    protected static async Task<HttpStatusCode> PostReceiptAsync(HttpClient http, string key, string body, string? signature = null)
    {
        using var request = ReceiptOf(key, body, signature);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    /// <summary>What a pager says of a page, signed.</summary>
    internal static HttpRequestMessage ReceiptOf(string key, string body, string? signature = null)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"api/pages/{key}/receipt", UriKind.Relative)) { Content = new StringContent(body) };
        request.Headers.Add("IoTGateway-Timestamp", timestamp);
        request.Headers.Add("IoTGateway-Signature", signature ?? Sign(timestamp, body));
        return request;
    }
}
