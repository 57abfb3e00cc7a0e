using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace IoTGateway.Storage.Influx;

/// <summary>Reads what a server answers to a write that it did not take whole, in the forms of the three generations.</summary>
/// <remarks>
/// <code>
/// InfluxDB 1   {"error":"partial write: … dropped=1"}              and the header X-Influxdb-Error
/// InfluxDB 2   {"code":"invalid","message":"unable to parse …"}    and the headers X-Platform-Error-Code, X-Influx-Error
/// InfluxDB 3   {"error":"partial write of line protocol occurred","data":[{"original_line":"…","line_number":3,"error_message":"…"}]}
///              (one object instead of the list where only one line is wrong), or plain text
/// </code>
/// Anything else, such as the page of a proxy, has no words: it must not be taken for the server's.
/// </remarks>
internal static class ServerErrorReader
{
    /// <summary>How much of an answer is read: enough for words, too little to be harmed by. Bytes.</summary>
    public const int SizeBytesAtMost = 256 << 10;

    private const int LinesAtMost = 10_000;
    private static readonly string[] WordHeaders = ["X-Influxdb-Error", "X-Influx-Error"];

    /// <summary>Reads an answer that is no success.</summary>
    public static async Task<ServerError> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var header = WordHeaders.Where(name => response.Headers.Contains(name)).Select(name => string.Join(", ", response.Headers.GetValues(name))).FirstOrDefault();
        var body = new byte[SizeBytesAtMost];
        var stream = await response.Content.ReadAsStreamAsync(cancellation).ConfigureAwait(false);
        var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellation).ConfigureAwait(false);
        return Read(body.AsSpan(0, length), response.Content.Headers.ContentType?.MediaType, header);
    }

    /// <summary>The same of bytes at hand.</summary>
    public static ServerError Read(ReadOnlySpan<byte> body, string? mediaType, string? header)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var json = JsonDocument.ParseValue(ref reader);
            return json.RootElement.ValueKind != JsonValueKind.Object
                ? new ServerError(header, [])
                : new ServerError(Text(json.RootElement, "error") ?? Text(json.RootElement, "message") ?? header, LinesOf(json.RootElement));
        }
        catch (JsonException)
        {
            var isText = mediaType == "text/plain" && body.Length is > 0 and < 4096;
            return new ServerError(header ?? (isText ? Encoding.UTF8.GetString(body).Trim() : null), []);
        }
    }

    private static ImmutableArray<NamedLine> LinesOf(JsonElement root) => !root.TryGetProperty("data", out var data) ? []
        : data.ValueKind == JsonValueKind.Array ? [.. data.EnumerateArray().Take(LinesAtMost).Select(LineOf).OfType<NamedLine>()]
        : LineOf(data) is { } line ? [line] : [];

    private static NamedLine? LineOf(JsonElement line) =>
        line.ValueKind == JsonValueKind.Object && line.TryGetProperty("line_number", out var at) && at.ValueKind == JsonValueKind.Number && at.TryGetInt32(out var number) && number > 0
            ? new NamedLine(number, Text(line, "original_line") ?? "", Text(line, "error_message") ?? "refused without a reason")
            : null;

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;
}
