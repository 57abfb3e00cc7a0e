using System.Globalization;
using System.Text;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;

namespace IoTGateway.Notifications.Channels;

/// <summary>A page in words. Of the patient it says the bed and the id, nothing else.</summary>
internal static class PageText
{
    /// <summary>One line: "HIGH ICU-1: SpO2 low", with what is special of it.</summary>
    public static string Line(PageMessage message)
    {
        var page = message.Page;
        var alerts = string.Join(", ", message.Items.Select(item => item.Alert));
        var place = page.Bed.Length > 0 ? page.Bed : page.Patient;
        var mark = page.Type switch
        {
            PageType.Over => "Over: ",
            PageType.NobodyReached => "NOBODY REACHED: ",
            _ => "",
        };
        return $"{mark}{AlertWords.Of(message.Items.Max(item => item.Priority)).ToUpperInvariant()} {place}: {alerts}";
    }

    /// <summary>Everything, as plain text.</summary>
    public static string Whole(PageMessage message)
    {
        var page = message.Page;
        var text = new StringBuilder();
        text.Append(Line(message)).Append('\n');
        text.Append(CultureInfo.InvariantCulture, $"Ward {page.Ward}, {(page.Bed.Length > 0 ? $"bed {page.Bed}, " : "")}patient {page.Patient}\n");
        foreach (var item in message.Items)
        {
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{AlertWords.Of(item.Priority)}: {item.Alert}\n");
            foreach (var line in new[] { item.Message, item.Reason }.Where(line => line.Length > 0).Distinct())
            {
                text.Append(line).Append('\n');
            }

            text.Append(CultureInfo.InvariantCulture, $"since {Moment(item.Since, message.Zone)}\n");
        }

        text.Append('\n').Append(CultureInfo.InvariantCulture, $"To {page.Name}{(page.Role.Length > 0 ? $" as {page.Role}" : "")}, written {Moment(page.Queued, message.Zone)}.\n");
        if (page.Type == PageType.NobodyReached)
        {
            text.Append("All stages have gone by and nobody has acknowledged.\n");
        }
        else if (page.Stage > 0 && page.Type == PageType.Stage)
        {
            text.Append(CultureInfo.InvariantCulture, $"Stage {page.Stage}: nobody has acknowledged so far.\n");
        }

        if (message.IsRepeat)
        {
            text.Append("This may have come before: it is sent again because its first sending could not be confirmed.\n");
        }

        return text.Append("The bedside monitor stays the primary alarm.\n").ToString();
    }

    /// <summary>A time on the ward's clock, with its date.</summary>
    public static string Moment(Instant time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
}
