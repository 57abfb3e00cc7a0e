using System.Globalization;
using IoTGateway.NotificationReceivers;

// notification-receivers webhook|smtp PORT: listens on 127.0.0.1, prints "listening", then a JSON object for each page it takes.
if (args is not [var kind, var portText] || !int.TryParse(portText, NumberStyles.None, CultureInfo.InvariantCulture, out var port))
{
    Console.Error.WriteLine("usage: notification-receivers webhook|smtp PORT");
    return 2;
}

switch (kind)
{
    case "webhook":
        await WebhookReceiver.RunAsync(port);
        return 0;
    case "smtp":
        await SmtpReceiver.RunAsync(port);
        return 0;
    default:
        Console.Error.WriteLine($"There is no receiver '{kind}'.");
        return 2;
}
