namespace IoTGateway.Readings.Decoding;

/// <summary>The formats of payloads that have a name here, whether or not there is a decoder for them.</summary>
internal enum PayloadFormat
{
    /// <summary>A content type that nobody knows.</summary>
    Unknown = 0,

    /// <summary>Flat JSON, see <see cref="FlatJsonDecoder"/>; also what a payload without content type is taken for.</summary>
    FlatJson = 1,

    /// <summary>SenML (RFC 8428), as JSON or CBOR.</summary>
    SenMl = 2,

    /// <summary>HL7 FHIR R4 Observation.</summary>
    Fhir = 3,
}
