using System.Globalization;
using System.Text;
using IoTGateway.Readings.Decoding;

namespace IoTGateway.Readings.Tests.Decoding;

/// <summary>Decodes payloads shortly, and shows readings as one line of text.</summary>
internal static class Decoded
{
    /// <summary>When the payloads of the tests are received.</summary>
    public static readonly Instant Received = new(1_700_000_000_000);

    /// <summary>Decodes a payload that must be decodable.</summary>
    public static ReadingBatch Of(string payload, string contentType = "")
    {
        var batch = new ReadingBatch();
        Assert.Null(new ReadingDecoder(TestSignals.Catalogue).Decode(Encoding.UTF8.GetBytes(payload), contentType, Received, TimeSpan.Zero, batch));
        return batch;
    }

    /// <summary>The values of the only reading of a payload, see <see cref="Show"/>.</summary>
    public static string ValuesOf(string payload)
    {
        var batch = Of(payload);
        Assert.Equal(1, batch.Count);
        return Show(batch[0]);
    }

    /// <summary>Why a payload cannot be decoded.</summary>
    public static string ReasonOf(byte[] payload, string contentType = "")
    {
        var batch = new ReadingBatch();
        var reason = new ReadingDecoder(TestSignals.Catalogue).Decode(payload, contentType, Received, TimeSpan.Zero, batch);
        Assert.NotNull(reason);
        Assert.Equal(0, batch.Count);
        return reason;
    }

    /// <inheritdoc cref="ReasonOf(byte[], string)"/>
    public static string ReasonOf(string payload, string contentType = "") => ReasonOf(Encoding.UTF8.GetBytes(payload), contentType);

    /// <summary>The values in their order, for example <c>hr=72 spo2=?97 rr=! temp=!-100</c>: "?" questionable, "!" no value.</summary>
    public static string Show(Reading reading) => string.Join(' ', reading.Values.Select(value =>
    {
        var mark = value.Quality switch { Quality.Valid => "", Quality.Questionable => "?", _ => "!" };
        return value.Signal.Id + "=" + mark + (double.IsNaN(value.Value) ? "" : value.Value.ToString(CultureInfo.InvariantCulture));
    }));
}
