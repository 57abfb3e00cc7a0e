using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace IoTGateway.Notifications.Records;

/// <summary>How the records of this project become JSON and back.</summary>
internal static class RecordText
{
    /// <summary>The log is no web page: "&lt;" stays "&lt;", so that a dump can be read by people.</summary>
    public static readonly RecordJson Json = new(new JsonSerializerOptions(RecordJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>Reads a body; the message of what is thrown quotes nothing of a patient.</summary>
    public static T Read<T>(ReadOnlySpan<byte> body, JsonTypeInfo<T> type, string what)
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new InvalidDataException($"{what} is 'null'.");
        }
        catch (JsonException failure)
        {
            throw new InvalidDataException($"{what} is no JSON of its form (byte {failure.BytePositionInLine}).");
        }
    }
}
