using System.Globalization;
using IoTGateway.NotificationReceivers;

// notification-receivers webhook|smtp PORT [MILLISECONDS]: listens on 127.0.0.1, prints "listening", then a JSON object for each page it takes, which it
// answers so many milliseconds later. smtp PORT MILLISECONDS PFX USER PASSWORD: a mail server with STARTTLS that takes mail of that user only.
if (args is not [var kind, var portText, .. var more]
    || !int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port)
    || !int.TryParse(more.FirstOrDefault("0"), NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds))
{
    Console.Error.WriteLine("usage: notification-receivers webhook|smtp PORT [MILLISECONDS]");
    return 2;
}

var thinksFor = TimeSpan.FromMilliseconds(milliseconds);
switch (kind)
{
    case "webhook":
        await WebhookReceiver.RunAsync(port, thinksFor);
        return 0;
    case "smtp":
        await SmtpReceiver.RunAsync(port, thinksFor, more is [_, var certificate, var user, var password] ? new SmtpProtection(certificate, user, password) : null);
        return 0;
    default:
        Console.Error.WriteLine($"There is no receiver '{kind}'.");
        return 2;
}
