using System.Text;
using System.Text.Json;
using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Channels;

/// <summary>What leaves the gateway, taken by real servers that are processes of their own.</summary>
public sealed class SenderTests
{
    private const string Secret = "a secret of the test";
    private static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Webhook_ThatWorks_GetsJsonWithKeyAndSignature()
    {
        using var receiver = await Receiver.StartAsync("webhook");
        using var secret = new SecretFile(Secret);
        using var sender = Sender(receiver.Pages, new SecretSource("", secret.Path));
        Assert.Equal(SendResult.Taken, await sender.SendAsync(Message(), Cancellation));
        await receiver.TookAsync(1);

        var taken = receiver.Taken[0];
        Assert.Equal(("k1", ""), (taken["key"], taken["repeat"]));
        Assert.True(PageSignature.IsValid(Secret, taken["timestamp"], taken["signature"], Encoding.UTF8.GetBytes(taken["body"]), Now));
        Assert.False(PageSignature.IsValid(Secret, taken["timestamp"], taken["signature"], Encoding.UTF8.GetBytes(taken["body"] + " "), Now));
        Assert.False(PageSignature.IsValid(Secret, taken["timestamp"], taken["signature"], Encoding.UTF8.GetBytes(taken["body"]), Now + TimeSpan.FromMinutes(6)));
        using var body = JsonDocument.Parse(taken["body"]);
        Assert.Equal("HIGH ICU-1: SpO2 \"low\" < 88", body.RootElement.GetProperty("text").GetString());
        Assert.Equal("p1:spo2-low", body.RootElement.GetProperty("alerts")[0].GetProperty("id").GetString());
        Assert.False(body.RootElement.GetProperty("repeat").GetBoolean());
    }

    [Fact]
    public async Task Webhook_WithATemplate_GetsItsFormWithValuesEscaped()
    {
        using var receiver = await Receiver.StartAsync("webhook");
        using var sender = Sender(receiver.Pages, null, """{"to":"${address}","again":"${repeat}","lines":["${text}",7]}""");
        await sender.SendAsync(Message() with { IsRepeat = true }, Cancellation);
        await receiver.TookAsync(1);
        using var body = JsonDocument.Parse(receiver.Taken[0]["body"]);
        Assert.Equal("4711", body.RootElement.GetProperty("to").GetString());
        Assert.True(body.RootElement.GetProperty("again").GetBoolean());
        Assert.Equal("HIGH ICU-1: SpO2 \"low\" < 88", body.RootElement.GetProperty("lines")[0].GetString());
        Assert.Equal("true", receiver.Taken[0]["repeat"]);
    }

    [Theory]
    [InlineData(500, "Unclear", true)]
    [InlineData(503, "Away", true)]
    [InlineData(0, "Unclear", true)]
    [InlineData(401, "Away", false)]
    [InlineData(404, "Away", false)]
    [InlineData(302, "Away", false)]
    [InlineData(400, "Refused", false)]
    [InlineData(422, "Refused", false)]
    public async Task Webhook_ThatDoesNotTakeIt_SaysWhetherItMayHaveArrived(int status, string outcome, bool mayHaveArrived)
    {
        using var receiver = await Receiver.StartAsync("webhook");
        await receiver.AnswerAsync(status);
        using var sender = Sender(receiver.Pages, null, timeoutSeconds: status == 0 ? 2 : 25);
        var result = await sender.SendAsync(Message(), Cancellation);
        Assert.Equal((outcome, mayHaveArrived), (result.Outcome.ToString(), result.MayHaveArrived));
        Assert.DoesNotContain("p1", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhook_ThatNobodyListensAt_HasNotArrived()
    {
        using var sender = Sender(new Uri($"http://127.0.0.1:{Receiver.FreePort()}/pages"), null);
        var result = await sender.SendAsync(Message(), Cancellation);
        Assert.Equal((SendOutcome.Away, false), (result.Outcome, result.MayHaveArrived));
    }

    [Fact]
    public async Task Email_ThatWorks_GetsPlainTextWithItsKeyAsMessageId()
    {
        using var receiver = await Receiver.StartAsync("smtp");
        using var sender = Mail(receiver.Port);
        Assert.Equal(SendResult.Taken, await sender.SendAsync(Message("ward-1@hospital.example"), Cancellation));
        await receiver.TookAsync(1);
        var mail = receiver.Taken[0]["mail"];
        Assert.Equal("ward-1@hospital.example", receiver.Taken[0]["to"]);
        Assert.Contains("Subject: HIGH ICU-1: SpO2 \"low\" < 88", mail, StringComparison.Ordinal);
        Assert.Contains("Message-Id: <k1@iotgateway>", mail, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Content-Type: text/plain", mail, StringComparison.Ordinal);
        Assert.Contains("patient p1", mail, StringComparison.Ordinal);
        Assert.DoesNotContain("IoTGateway-Repeat", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Email_ThatIsRefused_IsRefusedForGood()
    {
        using var receiver = await Receiver.StartAsync("smtp");
        using var sender = Mail(receiver.Port);
        var result = await sender.SendAsync(Message("refused@hospital.example"), Cancellation);
        Assert.Equal((SendOutcome.Refused, false), (result.Outcome, result.MayHaveArrived));
        Assert.DoesNotContain("refused@", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Email_WithoutAServer_HasNotArrived()
    {
        using var sender = Mail(Receiver.FreePort());
        var result = await sender.SendAsync(Message("ward-1@hospital.example"), Cancellation);
        Assert.Equal((SendOutcome.Away, false), (result.Outcome, result.MayHaveArrived));
    }

    private static WebhookSender Sender(Uri url, SecretSource? secret, string? template = null, int timeoutSeconds = 25) =>
        new(new WebhookSettings("pager", url, secret, template, TimeSpan.FromSeconds(timeoutSeconds), TimeSpan.FromSeconds(10)), TimeProvider.System, () => Now);

    private static EmailSender Mail(int port) => new(
        new EmailSettings("mail", "127.0.0.1", port, TlsMode.None, "alerts@hospital.example", "", null, TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(10)), TimeProvider.System, () => Now);

    private static PageMessage Message(string address = "4711")
    {
        var at = Instant.From(Now);
        var item = new PageItem("e1", "p1:spo2-low", 1, "SpO2 \"low\" < 88", AlertPriority.High, AlertKind.Physiological, AlertState.Active, at, "84 %", "88 %", "SpO2 84 %", "SpO2 84 % < 88 %");
        var page = new Page
        {
            Key = "k1",
            Number = 1,
            Type = PageType.Raise,
            Stage = 0,
            Role = "nurse",
            Person = "n1",
            Name = "Nurse phone",
            Channel = "pager",
            Address = address,
            Ward = "ICU",
            Patient = "p1",
            Bed = "ICU-1",
            Queued = at,
            Items = [item],
        };
        return new PageMessage(page, page.Items, false, TimeZoneInfo.Utc);
    }

    private sealed class SecretFile : IDisposable
    {
        private readonly IoTGateway.Tests.Support.TemporaryDirectory _directory = new();

        public SecretFile(string secret)
        {
            Path = _directory["secret"];
            File.WriteAllText(Path, secret + "\n");
        }

        public string Path { get; }

        public void Dispose() => _directory.Dispose();
    }
}
