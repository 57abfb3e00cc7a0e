using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace IoTGateway.Alerts.Commands;

/// <summary>The payload of an acknowledgement: <c>{"episode":"…","state":"active","priority":"medium","note":"…"}</c>. Other members are ignored.</summary>
/// <param name="Episode">The episode the person saw.</param>
/// <param name="Seen">The state and priority the person saw; null where the payload does not name both.</param>
/// <param name="Note">What the person wrote, made safe; empty for nothing.</param>
/// <param name="Request">By which one who waits knows the outcome; null for an acknowledgement by MQTT.</param>
internal sealed record AcknowledgementPayload(string Episode, SeenState? Seen, string Note, string? Request)
{
    /// <summary>The longest note kept, in characters; the rest is cut off.</summary>
    public const int NoteLengthAtMost = 500;

    private const int EpisodeLengthAtMost = 64;

    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public byte[] Write()
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            json.WriteString("episode", Episode);
            if (Seen is not null)
            {
                json.WriteString("state", AlertWords.Of(Seen.State));
                json.WriteString("priority", AlertWords.Of(Seen.Priority));
            }

            if (Note.Length > 0)
            {
                json.WriteString("note", Note);
            }

            if (Request is not null)
            {
                json.WriteString("request", Request);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Reads a payload; null if it is none, with the reason in words that hold nothing of the payload.</summary>
    public static AcknowledgementPayload? TryRead(ReadOnlySpan<byte> payload, out string reason)
    {
        reason = "";
        var reader = new Utf8JsonReader(payload);
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            var root = document.RootElement;
            if (root.ValueKind != JsonValueKind.Object)
            {
                reason = "The acknowledgement is no JSON object. Expected: {\"episode\":\"...\",\"note\":\"...\"}.";
                return null;
            }

            if (!root.TryGetProperty("episode", out var episode) || episode.ValueKind != JsonValueKind.String
                || episode.GetString() is not { Length: > 0 and <= EpisodeLengthAtMost } named)
            {
                reason = "The acknowledgement names no episode. Take it from the alert's retained topic.";
                return null;
            }

            if (reader.Read())
            {
                reason = "Something follows the JSON of the acknowledgement.";
                return null;
            }

            if (!TrySeen(root, out var seen))
            {
                reason = "The acknowledgement names a state or a priority that an alert cannot have, or only one of the two. Take both from the alert's retained topic.";
                return null;
            }

            return new AcknowledgementPayload(named, seen, Safe(Text(root, "note") ?? ""), Text(root, "request"));
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // JsonException: not JSON. InvalidOperationException: a text that is no UTF-8.
            reason = "The acknowledgement is no JSON in UTF-8.";
            return null;
        }
    }

    /// <summary>Reads what the person saw: both, or neither.</summary>
    private static bool TrySeen(JsonElement root, out SeenState? seen)
    {
        seen = null;
        var (state, priority) = (Text(root, "state"), Text(root, "priority"));
        if (state is null && priority is null)
        {
            return !root.TryGetProperty("state", out _) && !root.TryGetProperty("priority", out _);
        }

        try
        {
            seen = new SeenState(AlertWords.State(state), AlertWords.Priority(priority));
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>A note as it may be shown: control characters become blanks, and it is cut to its longest length without tearing a character.</summary>
    public static string Safe(string note)
    {
        var safe = new StringBuilder(Math.Min(note.Length, NoteLengthAtMost));
        foreach (var rune in note.Trim().EnumerateRunes())
        {
            if (safe.Length + rune.Utf16SequenceLength > NoteLengthAtMost)
            {
                break;
            }

            // Format characters can turn the direction of what follows on a page.
            safe.Append(Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control or System.Globalization.UnicodeCategory.Format
                ? " "
                : rune.ToString());
        }

        return safe.ToString();
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) && member.ValueKind == JsonValueKind.String ? member.GetString() : null;
}
