using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Files;
using IoTGateway.Notifications.Plan;
using IoTGateway.Notifications.Records;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;

namespace IoTGateway.Notifications.Tests.Channels;

/// <summary>Mail to a server with STARTTLS and a password: a process of its own, whose certificate the test has made.</summary>
public sealed class ProtectedEmailTests : IDisposable
{
    private const string User = "alerts";
    private const string Password = "right, with a space and ü";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TestAuthority _authority = new();
    private readonly TemporaryDirectory _directory = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _authority.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public async Task Send_RightPasswordAndTrustedCertificate_IsTaken()
    {
        using var receiver = await Receiver.StartMailAsync(_authority.ServerFile, User, Password);
        using var sender = Sender(receiver.Port, Password, _authority.CaFile);
        Assert.Equal(SendResult.Taken, await sender.SendAsync(Message(), Cancellation));
        await receiver.TookAsync(1);
        Assert.Equal("n2@hospital.example", receiver.Taken[0]["to"]);
    }

    [Fact]
    public async Task Send_WrongPassword_IsATroubleOfTheServerInWords()
    {
        using var receiver = await Receiver.StartMailAsync(_authority.ServerFile, User, Password);
        using var sender = Sender(receiver.Port, "wrong", _authority.CaFile);
        Assert.Equal(new SendResult(SendOutcome.Away, "127.0.0.1 does not accept user and password.", false), await sender.SendAsync(Message(), Cancellation));
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task Channel_WrongPasswordPutRight_SendsOnceWhatHasWaited()
    {
        using var receiver = await Receiver.StartMailAsync(_authority.ServerFile, User, Password);
        using var sender = Sender(receiver.Port, "wrong", _authority.CaFile);
        using var log = new TestLog().Load(roster: TestPlan.Roster.Replace("{ person: n1, name: Nurse phone, channels: [pager: 1], backup: n2 }", "{ person: n1, channels: [mail: n2@hospital.example] }", StringComparison.Ordinal));
        log.Happens(new TestAlerts().Raise("e1", log.Now)).Consume();
        await using var channel = new RunningChannel(log, "mail", sender);
        await Eventually.HoldsAsync("the trouble is known", Deadline, () => channel.Health.Trouble is not null, Cancellation);
        Assert.Equal("127.0.0.1 does not accept user and password.", channel.Health.Trouble!.Reason);
        Assert.Empty(receiver.Taken);

        await File.WriteAllTextAsync(_directory["password"], Password, Cancellation);
        await Eventually.HoldsAsync(
            "it is sent", Deadline,
            () =>
            {
                // Not so fast that the channel gives up a try that is under way at the real server.
                log.Clock.Advance(TimeSpan.FromMilliseconds(200));
                return channel.Health.LastSent is not null;
            },
            Cancellation);

        Assert.Null(channel.Health.Trouble);
        Assert.Contains("HIGH ICU-1: SpO2 low", Assert.Single(receiver.Taken)["mail"], StringComparison.Ordinal);
        Assert.DoesNotContain("IoTGateway-Repeat", receiver.Taken[0]["mail"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_CertificateThatThisMachineDoesNotTrust_IsRefusedAndSaysWhatToDo()
    {
        using var receiver = await Receiver.StartMailAsync(_authority.ServerFile, User, Password);
        using var sender = Sender(receiver.Port, Password, caFile: "");
        var result = await sender.SendAsync(Message(), Cancellation);
        Assert.Equal((SendOutcome.Away, false), (result.Outcome, result.MayHaveArrived));
        Assert.StartsWith("The certificate of 127.0.0.1 is not trusted by this machine (", result.Reason, StringComparison.Ordinal);
        Assert.EndsWith("name the authority's file by `ca file`.", result.Reason, StringComparison.Ordinal);
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task Send_CertificateOfAnotherAuthority_IsRefused()
    {
        using var other = new TestAuthority();
        using var receiver = await Receiver.StartMailAsync(_authority.ServerFile, User, Password);
        using var sender = Sender(receiver.Port, Password, other.CaFile);
        var result = await sender.SendAsync(Message(), Cancellation);
        Assert.Equal(SendOutcome.Away, result.Outcome);
        Assert.StartsWith("The certificate of 127.0.0.1 is not of an authority of the `ca file`, or not valid now (", result.Reason, StringComparison.Ordinal);
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task Send_CertificateForAnotherName_IsRefused()
    {
        using var authority = new TestAuthority("mail.hospital.example");
        using var receiver = await Receiver.StartMailAsync(authority.ServerFile, User, Password);
        using var sender = Sender(receiver.Port, Password, authority.CaFile);
        Assert.Equal(
            new SendResult(SendOutcome.Away, "The certificate of 127.0.0.1 is for another name (CN=mail.hospital.example).", false), await sender.SendAsync(Message(), Cancellation));
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task Send_ServerWithoutTls_IsRefusedBeforeThePasswordIsSaid()
    {
        using var receiver = await Receiver.StartAsync("smtp");
        using var sender = Sender(receiver.Port, Password, _authority.CaFile);
        var result = await sender.SendAsync(Message(), Cancellation);
        Assert.Equal(SendOutcome.Away, result.Outcome);
        Assert.Contains("STARTTLS", result.Reason, StringComparison.Ordinal);
        Assert.Empty(receiver.Taken);
    }

    [Fact]
    public async Task Send_NoCaFile_SaysWhichFileCannotBeRead()
    {
        using var sender = Sender(Receiver.FreePort(), Password, _directory["none.pem"]);
        var result = await sender.SendAsync(Message(), Cancellation);
        Assert.Equal(SendOutcome.Away, result.Outcome);
        Assert.StartsWith($"The server's certificate cannot be checked: the file {_directory["none.pem"]} cannot be read: ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_CaFile_IsCheckedAndTaken()
    {
        File.WriteAllText(_directory["empty.pem"], "no certificate\n");
        Assert.Empty(Load($"tls: start, ca file: '{_authority.CaFile}'"));
        Assert.Equal(_authority.CaFile, Assert.IsType<EmailSettings>(TestPlan.Make(Notifications($"tls: start, ca file: '{_authority.CaFile}'")).Channels["mail"]).CaFile);
        Assert.Equal((NotificationCodes.Certificates, $"the file {_directory["empty.pem"]} holds no certificate in PEM form"), Assert.Single(Load($"ca file: '{_directory["empty.pem"]}'")));
        Assert.Equal((NotificationCodes.Certificates, "`ca file` counts for nothing without TLS"), Assert.Single(Load($"tls: none, ca file: '{_authority.CaFile}'")));
    }

    private static IEnumerable<(string Code, string Message)> Load(string tls) =>
        TestPlan.Load(Notifications(tls), withSecrets: true).Diagnostics.Select(diagnostic => (diagnostic.Code, diagnostic.Message));

    private static string Notifications(string tls) => TestPlan.Notifications.Replace("tls: none", tls, StringComparison.Ordinal);

    private EmailSender Sender(int port, string password, string caFile)
    {
        File.WriteAllText(_directory["password"], password);
        var settings = new EmailSettings(
            "mail", "127.0.0.1", port, TlsMode.Start, "alerts@hospital.example", User, new SecretSource("", _directory["password"]), TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(10))
        {
            CaFile = caFile,
        };
        return new EmailSender(settings, TimeProvider.System, TimeProvider.System.GetUtcNow);
    }

    private static PageMessage Message()
    {
        var at = new Instant(0);
        var page = new Page
        {
            Key = "k1",
            Number = 1,
            Type = PageType.Raise,
            Stage = 0,
            Role = "nurse",
            Person = "n2",
            Name = "n2",
            Channel = "mail",
            Address = "n2@hospital.example",
            Ward = "ICU",
            Patient = "p1",
            Bed = "ICU-1",
            Queued = at,
            Items = [new PageItem("e1", "p1:spo2-low", 1, "SpO2 low", AlertPriority.High, AlertKind.Physiological, AlertState.Active, at, "84 %", "88 %", "SpO2 84 %", "")],
        };
        return new PageMessage(page, page.Items, false, TimeZoneInfo.Utc);
    }
}
