namespace IoTGateway.Readings.Decoding;

/// <summary>Tells the format of a payload by its MQTT 5 content type or by its look.</summary>
internal static class PayloadFormats
{
    /// <summary>The format a content type stands for; parameters such as <c>; charset=utf-8</c> do not matter.</summary>
    /// <remarks>
    /// A type that says nothing (<c>text/plain</c>, <c>application/octet-stream</c>: what clients put there by default) counts as none, and none
    /// counts as flat JSON. The names of SenML are those of RFC 8428, 12.3; FHIR had the second of its names before its release 3.
    /// </remarks>
    public static PayloadFormat OfContentType(ReadOnlySpan<char> contentType)
    {
        var end = contentType.IndexOf(';');
        var type = (end < 0 ? contentType : contentType[..end]).Trim();
        if (type.IsEmpty || Is(type, "application/json") || Is(type, "text/json") || Is(type, "text/plain") || Is(type, "application/octet-stream"))
        {
            return PayloadFormat.FlatJson;
        }

        return Is(type, "application/senml+json") || Is(type, "application/senml+cbor") ? PayloadFormat.SenMl
            : Is(type, "application/fhir+json") || Is(type, "application/json+fhir") ? PayloadFormat.Fhir
            : PayloadFormat.Unknown;
    }

    /// <summary>What JSON without a known signal looks like. Called for dead letters only, so it may look twice.</summary>
    public static PayloadFormat Sniff(ReadOnlySpan<byte> json) =>
        json.IndexOf("\"resourceType\""u8) >= 0 ? PayloadFormat.Fhir
        : json.IndexOf("\"bn\""u8) >= 0 || (json.IndexOf("\"n\""u8) >= 0 && json.IndexOf("\"v\""u8) >= 0) ? PayloadFormat.SenMl
        : PayloadFormat.FlatJson;

    /// <summary>The name people use for a format.</summary>
    public static string NameOf(PayloadFormat format) => format switch
    {
        PayloadFormat.FlatJson => "flat JSON",
        PayloadFormat.SenMl => "SenML",
        PayloadFormat.Fhir => "FHIR",
        _ => "an unknown format",
    };

    private static bool Is(ReadOnlySpan<char> type, string name) => type.Equals(name, StringComparison.OrdinalIgnoreCase);
}
