using System.Text.Json;

namespace IoTGateway.Notifications.Http;

/// <summary>What a pager's server says of a page: that it has reached the person, or that the person acknowledges.</summary>
/// <param name="AcknowledgedBy">Who acknowledges; empty for nobody.</param>
/// <param name="Note">What the person wrote; empty for nothing.</param>
internal sealed record PageReply(string AcknowledgedBy, string Note)
{
    private const int LongestName = 100;
    private const int LongestNote = 500;

    /// <summary>Reads <c>{"key":"…","delivered":true}</c> or <c>{"key":"…","acknowledged":{"by":"…","note":"…"}}</c>; null with what is wrong in words.</summary>
    public static PageReply? TryRead(byte[] body, string key, out string mistake)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            mistake = "";
            if (root.ValueKind != JsonValueKind.Object || TextOf(root, "key") != key)
            {
                mistake = "A receipt is a JSON object whose member 'key' is the key of the page in the address.";
                return null;
            }

            if (root.TryGetProperty("acknowledged", out var acknowledged))
            {
                var (by, note) = (TextOf(acknowledged, "by").Trim(), TextOf(acknowledged, "note").Trim());
                if (by.Length is > 0 and <= LongestName && note.Length <= LongestNote && !by.Any(char.IsControl))
                {
                    return new PageReply(by, note);
                }

                mistake = $"'acknowledged' is an object with 'by' of 1 to {LongestName} letters and, if you like, 'note' of at most {LongestNote}.";
                return null;
            }

            if (root.TryGetProperty("delivered", out var delivered) && delivered.ValueKind == JsonValueKind.True)
            {
                return new PageReply("", "");
            }

            mistake = "A receipt says either \"delivered\": true or \"acknowledged\": {\"by\": …}.";
            return null;
        }
        catch (JsonException)
        {
            mistake = "The body is no JSON.";
            return null;
        }
    }

    private static string TextOf(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";
}
