using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using IoTGateway.Notifications.Plan;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace IoTGateway.Notifications.Channels;

/// <summary>Sends pages as mail: plain text, one connection a mail.</summary>
internal sealed class EmailSender(EmailSettings settings, TimeProvider clock, Func<DateTimeOffset> wallClock) : IPageSender
{
    private const string MessageDomain = "iotgateway";

    /// <inheritdoc/>
    public async Task<SendResult> SendAsync(PageMessage message, CancellationToken cancellation)
    {
        string? password = null;
        if (settings.Password is { } source && (password = source.Read(out var missing)) is null)
        {
            return new SendResult(SendOutcome.Away, $"The password cannot be had: {missing}.", false);
        }

        X509Certificate2Collection? authorities = null;
        if (settings.CaFile.Length > 0 && (authorities = ServerTrust.Read(settings.CaFile, out var unread)) is null)
        {
            return new SendResult(SendOutcome.Away, $"The server's certificate cannot be checked: {unread}.", false);
        }

        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, limit.Token);

        // Mail servers of hospitals are often without a way to the lists of revoked certificates; a page must not fail for that.
        var trust = new ServerTrust(settings.Server, authorities);
        using var client = new SmtpClient
        {
            CheckCertificateRevocation = false,
            ServerCertificateValidationCallback = (_, certificate, chain, errors) => trust.Check(certificate, chain, errors),
        };
        var isHandedOver = false;
        try
        {
            await client.ConnectAsync(settings.Server, settings.Port, OptionsOf(settings.Tls), either.Token).ConfigureAwait(false);
            if (password is not null)
            {
                await client.AuthenticateAsync(settings.User, password, either.Token).ConfigureAwait(false);
            }

            using var mail = Write(message);
            isHandedOver = true;
            await client.SendAsync(mail, either.Token).ConfigureAwait(false);
        }
        catch (SmtpCommandException refused)
        {
            // The server has answered, so it has not taken it. 5xx is for good, 4xx (a mailbox that is busy) for now (RFC 5321, 4.2.1).
            var outcome = !isHandedOver ? SendOutcome.Away : (int)refused.StatusCode >= 500 ? SendOutcome.Refused : SendOutcome.Unclear;
            return new SendResult(outcome, $"{settings.Server} answers {(int)refused.StatusCode}.", false);
        }
        catch (AuthenticationException)
        {
            return new SendResult(SendOutcome.Away, $"{settings.Server} does not accept user and password.", false);
        }
        catch (SslHandshakeException) when (trust.Trouble is not null)
        {
            return new SendResult(SendOutcome.Away, trust.Trouble, false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return new SendResult(isHandedOver ? SendOutcome.Unclear : SendOutcome.Away, $"{settings.Server} did not answer within {settings.Timeout.TotalSeconds:0.#} s.", isHandedOver);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or SslHandshakeException or CommandException or NotSupportedException or TimeoutException)
        {
            return new SendResult(isHandedOver ? SendOutcome.Unclear : SendOutcome.Away, $"{settings.Server} cannot be reached: {FirstLine(failure.Message)}", isHandedOver);
        }

        await SayGoodbyeAsync(client, either.Token).ConfigureAwait(false);
        return SendResult.Taken;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Each mail has its own connection.
    }

    private MimeMessage Write(PageMessage message)
    {
        var page = message.Page;
        var mail = new MimeMessage
        {
            Subject = PageText.Line(message),
            Date = wallClock(),
            MessageId = $"{page.Key}@{MessageDomain}",
            Body = new TextPart("plain") { Text = PageText.Whole(message) },
        };
        mail.From.Add(MailboxAddress.Parse(settings.From));
        mail.To.Add(MailboxAddress.Parse(page.Address));
        mail.Headers.Add(PageSignature.KeyHeader, page.Key);
        if (message.IsRepeat)
        {
            mail.Headers.Add(PageSignature.RepeatHeader, "true");
        }

        if (message.Items.Any(item => item.Priority == Rules.AlertPriority.High))
        {
            mail.Importance = MessageImportance.High;
        }

        return mail;
    }

    private static async Task SayGoodbyeAsync(SmtpClient client, CancellationToken cancellation)
    {
        try
        {
            await client.DisconnectAsync(quit: true, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or SocketException or ProtocolException or OperationCanceledException or CommandException)
        {
            // The mail is taken; how the connection ends is of no interest.
        }
    }

    private static SecureSocketOptions OptionsOf(TlsMode mode) => mode switch
    {
        TlsMode.OnConnect => SecureSocketOptions.SslOnConnect,
        TlsMode.None => SecureSocketOptions.None,
        _ => SecureSocketOptions.StartTls,
    };

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd();
}
