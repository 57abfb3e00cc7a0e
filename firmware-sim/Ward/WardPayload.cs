using System.Buffers;
using System.Text.Json;
using IoTGateway.FirmwareSim.Patients;
using IoTGateway.Readings;

namespace IoTGateway.FirmwareSim.Ward;

/// <summary>Writes a measurement as flat JSON: <c>{"ts":1700000000512,"seq":7,"hr":72,"spo2":97}</c>.</summary>
internal static class WardPayload
{
    /// <summary>The payload.</summary>
    /// <param name="time">The device's time of the measurement.</param>
    /// <param name="sequence">The device's count of its readings, from 1; lets the gateway see gaps.</param>
    /// <param name="vitals">What was measured; no value is null.</param>
    public static byte[] Write(Instant time, long sequence, IReadOnlyList<MeasuredVital> vitals)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("ts"u8, time.UnixMilliseconds);
            json.WriteNumber("seq"u8, sequence);
            foreach (var vital in vitals)
            {
                if (vital.Value is { } value)
                {
                    json.WriteNumber(vital.Signal, value);
                }
                else
                {
                    json.WriteNull(vital.Signal);
                }
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
