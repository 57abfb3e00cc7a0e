using System.Buffers;
using System.Text;
using System.Text.Json;
using SmtpServer;
using SmtpServer.Mail;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace IoTGateway.NotificationReceivers;

/// <summary>Prints each mail as a JSON object; one to <c>refused@…</c> is not taken.</summary>
internal sealed class PrintingStore(TimeSpan thinksFor) : MessageStore
{
    private static readonly Lock Output = new();

    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        var to = string.Join(",", transaction.To.Select(mailbox => mailbox.AsAddress()));
        if (to.StartsWith("refused@", StringComparison.Ordinal))
        {
            return SmtpResponse.MailboxUnavailable;
        }

        var line = JsonSerializer.Serialize(new Dictionary<string, string> { ["to"] = to, ["mail"] = Encoding.UTF8.GetString(buffer.ToArray()) });
        lock (Output)
        {
            Console.Out.WriteLine(line);
            Console.Out.Flush();
        }

        await Task.Delay(thinksFor, cancellationToken);
        return SmtpResponse.Ok;
    }
}
