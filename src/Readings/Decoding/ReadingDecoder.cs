namespace IoTGateway.Readings.Decoding;

/// <summary>Turns payloads into readings. One per thread: it keeps buffers.</summary>
public sealed class ReadingDecoder(SignalCatalogue catalogue)
{
    /// <summary>The signals it knows.</summary>
    public SignalCatalogue Catalogue { get; } = catalogue;

    /// <summary>
    /// Decodes one payload into <paramref name="batch"/>, which it clears first.
    /// </summary>
    /// <param name="payload">The bytes as published.</param>
    /// <param name="contentType">The MQTT 5 content type; empty where there is none: then the payload is sniffed.</param>
    /// <param name="received">When the gateway received it.</param>
    /// <param name="batch">Receives the readings.</param>
    /// <returns>Null when at least one reading was decoded, else why not, in words for the dead letter. Holds no patient data.</returns>
    public string? Decode(ReadOnlySpan<byte> payload, string contentType, Instant received, ReadingBatch batch) =>
        throw new NotImplementedException();
}
