using System.Text;

namespace IoTGateway.Readings.Decoding;

/// <summary>Turns payloads into readings. One per thread: it keeps buffers.</summary>
public sealed class ReadingDecoder(SignalCatalogue catalogue)
{
    /// <summary>A payload may hold this many readings; one with more is refused as a whole.</summary>
    public const int ReadingsAtMost = 10_000;

    // A content type comes from outside: what a reason repeats of it is short and printable.
    private const int ShownContentTypeLength = 80;

    // In the order of PayloadFormat; a format without a decoder is one that is not supported yet.
    private readonly IPayloadDecoder?[] _decoders = [null, new FlatJsonDecoder(catalogue), null, null];

    /// <summary>The signals it knows.</summary>
    public SignalCatalogue Catalogue { get; } = catalogue;

    /// <summary>
    /// Decodes one payload into <paramref name="batch"/>, which it clears first.
    /// </summary>
    /// <remarks>
    /// Of a batch whose JSON is sound, the good readings are kept and the others counted in <see cref="ReadingBatch.RejectedReadings"/>; JSON that is
    /// broken anywhere is refused as a whole, since nothing tells which part of it was meant.
    /// </remarks>
    /// <param name="payload">The bytes as published.</param>
    /// <param name="contentType">The MQTT 5 content type; empty where there is none: then the payload is sniffed.</param>
    /// <param name="received">When the gateway received it.</param>
    /// <param name="clockOffset">What has to be added to the device's clock, as known before this record; zero while nothing is known of it.</param>
    /// <param name="batch">Receives the readings.</param>
    /// <returns>Null when at least one reading was decoded, else why not, in words for the dead letter. Holds no patient data.</returns>
    public string? Decode(ReadOnlySpan<byte> payload, string contentType, Instant received, TimeSpan clockOffset, ReadingBatch batch)
    {
        ArgumentNullException.ThrowIfNull(contentType);
        ArgumentNullException.ThrowIfNull(batch);
        batch.Clear();
        var format = PayloadFormats.OfContentType(contentType);
        return _decoders[(int)format] is { } decoder ? decoder.Decode(payload, received, clockOffset, batch)
            : format == PayloadFormat.Unknown ? $"The content type '{Printable(contentType)}' is not known; send application/json or none."
            : $"The content type '{Printable(contentType)}' is not supported yet; send application/json.";
    }

    private static string Printable(string text)
    {
        var shown = new StringBuilder();
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, ShownContentTypeLength)))
        {
            shown.Append(character is >= ' ' and <= '~' ? character : '?');
        }

        return text.Length > ShownContentTypeLength ? shown.Append("...").ToString() : shown.ToString();
    }
}
