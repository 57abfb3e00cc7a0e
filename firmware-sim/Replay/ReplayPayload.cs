using System.Buffers;
using System.Text.Json;
using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Replay;

/// <summary>Writes a recorded reading as the flat JSON a device sends: <c>{"ts":1700000000512,"heart_rate":104,"spo2":93}</c>.</summary>
internal static class ReplayPayload
{
    /// <summary>The payload. <c>ts</c> is in Unix milliseconds; numbers stand as written in the recording; no value is null.</summary>
    public static byte[] Write(RecordedReading reading, Instant start)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("ts"u8, (start + reading.Time).UnixMilliseconds);
            foreach (var value in reading.Values)
            {
                json.WritePropertyName(value.Metric);
                if (value.Text is { } number)
                {
                    json.WriteRawValue(number);
                }
                else
                {
                    json.WriteNullValue();
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
