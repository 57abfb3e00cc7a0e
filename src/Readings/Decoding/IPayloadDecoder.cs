namespace IoTGateway.Readings.Decoding;

/// <summary>One format of payloads. <see cref="ReadingDecoder"/> picks the one that fits; a new format is a new class and a line there.</summary>
internal interface IPayloadDecoder
{
    /// <summary>Decodes one payload into an empty batch.</summary>
    /// <param name="payload">The bytes as published.</param>
    /// <param name="received">When the gateway received it.</param>
    /// <param name="clockOffset">What has to be added to the device's clock.</param>
    /// <param name="batch">Receives the readings; left empty when a reason is returned.</param>
    /// <returns>Null when at least one reading was decoded, else why not: names places (byte positions), never what stands there.</returns>
    string? Decode(ReadOnlySpan<byte> payload, Instant received, TimeSpan clockOffset, ReadingBatch batch);
}
