using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Notifications.Records;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Channels;

/// <summary>What a webhook posts. The form is described in docs/notifications.md; what is added later is added as new members.</summary>
internal static class WebhookJson
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The body for a page: the gateway's own form, or that of the channel's template.</summary>
    public static byte[] Of(PageMessage message, string? template) =>
        template is null ? Of(message) : WebhookTemplate.Fill(template, name => ValueOf(message, name));

    /// <summary>The body of a heartbeat.</summary>
    public static byte[] Heartbeat(DateTimeOffset time, bool isReady, IReadOnlyList<string> reasons)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("type", "heartbeat");
            json.WriteString("time", time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
            json.WriteBoolean("ready", isReady);
            json.WriteStartArray("reasons");
            foreach (var reason in reasons)
            {
                json.WriteStringValue(reason);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static byte[] Of(PageMessage message)
    {
        var page = message.Page;
        var buffer = new ArrayBufferWriter<byte>(1_024);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteNumber("v", 1);
            json.WriteString("key", page.Key);
            json.WriteBoolean("repeat", message.IsRepeat);
            json.WriteString("type", PageWords.Of(page.Type));
            json.WriteNumber("stage", page.Stage);
            json.WriteString("priority", AlertWords.Of(PriorityOf(message)));
            json.WriteString("text", PageText.Line(message));
            json.WriteString("ward", page.Ward);
            json.WriteString("bed", page.Bed);
            json.WriteString("patient", page.Patient);
            json.WriteString("person", page.Person);
            json.WriteString("name", page.Name);
            json.WriteString("address", page.Address);
            json.WriteString("role", page.Role);
            json.WriteString("time", page.Queued.ToString());
            json.WriteStartArray("alerts");
            foreach (var item in message.Items)
            {
                json.WriteStartObject();
                json.WriteString("id", item.AlertId);
                json.WriteString("episode", item.Episode);
                json.WriteString("alert", item.Alert);
                json.WriteString("priority", AlertWords.Of(item.Priority));
                json.WriteString("kind", AlertWords.Of(item.Kind));
                json.WriteString("state", AlertWords.Of(item.State));
                json.WriteString("since", item.Since.ToString());
                json.WriteString("value", item.Value);
                json.WriteString("limit", item.Limit);
                json.WriteString("message", item.Message);
                json.WriteString("reason", item.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("receipt", $"api/pages/{page.Key}/receipt");
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static AlertPriority PriorityOf(PageMessage message) => message.Items.Max(item => item.Priority);

    private static string ValueOf(PageMessage message, string name)
    {
        var (page, first) = (message.Page, message.Items[0]);
        return name switch
        {
            "key" => page.Key,
            "repeat" => message.IsRepeat ? "true" : "false",
            "type" => PageWords.Of(page.Type),
            "stage" => page.Stage.ToString(CultureInfo.InvariantCulture),
            "priority" => AlertWords.Of(PriorityOf(message)),
            "kind" => AlertWords.Of(first.Kind),
            "ward" => page.Ward,
            "bed" => page.Bed,
            "patient" => page.Patient,
            "alert" => string.Join(", ", message.Items.Select(item => item.Alert)),
            "message" => string.Join("; ", message.Items.Select(item => item.Message)),
            "reason" => string.Join("; ", message.Items.Select(item => item.Reason)),
            "text" => PageText.Line(message),
            "person" => page.Person,
            "name" => page.Name,
            "address" => page.Address,
            "role" => page.Role,
            "time" => page.Queued.ToString(),
            _ => "",
        };
    }
}
