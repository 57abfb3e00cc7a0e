using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace IoTGateway.Notifications.Channels;

/// <summary>
/// The JSON a receiver wants instead of the gateway's own. In its texts, <c>${name}</c> stands for what the page says; a text that is nothing but
/// <c>${repeat}</c> becomes true or false. Values are put into the parsed JSON, never into its text, so that no value can change its form.
/// </summary>
internal static partial class WebhookTemplate
{
    /// <summary>What can stand between <c>${</c> and <c>}</c>.</summary>
    public static readonly string[] Names =
    [
        "key", "repeat", "type", "stage", "priority", "kind", "ward", "bed", "patient", "alert", "message", "reason", "text", "person", "name", "address", "role", "time",
    ];

    private const int LongestCharacters = 8_000;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What is wrong with a template, and what to do; null if nothing is.</summary>
    public static (string Message, string Help)? FindMistake(string template)
    {
        if (template.Length > LongestCharacters)
        {
            return ($"a template has at most {LongestCharacters} characters", "send less, or let the receiver put it together");
        }

        try
        {
            using var parsed = JsonDocument.Parse(template);
        }
        catch (JsonException failure)
        {
            return ($"the template is no JSON: line {failure.LineNumber + 1} of it, byte {failure.BytePositionInLine + 1}", "placeholders stand within texts, for example `{\"text\": \"${text}\"}`");
        }

        foreach (Match placeholder in Placeholder().Matches(template))
        {
            var name = placeholder.Groups[1].Value;
            if (!Names.Contains(name))
            {
                return ($"there is no `${{{name}}}`", Rules.Language.Suggestions.DidYouMean(name, Names) ?? $"there are {string.Join(", ", Names)}");
            }
        }

        return null;
    }

    /// <summary>The JSON of one page.</summary>
    /// <param name="template">A template without mistakes.</param>
    /// <param name="values">The value of each of <see cref="Names"/>.</param>
    public static byte[] Fill(string template, Func<string, string> values)
    {
        using var parsed = JsonDocument.Parse(template);
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            Write(json, parsed.RootElement, values);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, JsonElement element, Func<string, string> values)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                json.WriteStartObject();
                foreach (var member in element.EnumerateObject())
                {
                    json.WritePropertyName(member.Name);
                    Write(json, member.Value, values);
                }

                json.WriteEndObject();
                break;
            case JsonValueKind.Array:
                json.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    Write(json, item, values);
                }

                json.WriteEndArray();
                break;
            case JsonValueKind.String when element.GetString() == "${repeat}":
                json.WriteBooleanValue(values("repeat") == "true");
                break;
            case JsonValueKind.String:
                json.WriteStringValue(Placeholder().Replace(element.GetString()!, match => values(match.Groups[1].Value)));
                break;
            default:
                element.WriteTo(json);
                break;
        }
    }

    [GeneratedRegex(@"\$\{([^}]*)\}")]
    private static partial Regex Placeholder();
}
