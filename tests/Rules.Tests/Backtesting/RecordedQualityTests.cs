using System.Globalization;
using System.Text;
using IoTGateway.Readings;
using IoTGateway.Readings.Decoding;

namespace IoTGateway.Rules.Tests.Backtesting;

/// <summary>A number means the same whether a device sends it now or it stands in a recording.</summary>
public class RecordedQualityTests
{
    private static readonly double[] Numbers =
        [-1000, -999, -100, -5, -1, 0, 0.4, 1, 2, 9.9, 15, 25, 45, 49, 50, 90, 100, 100.1, 120, 150, 200, 250, 300, 301, 2000, 2001, 8_388_607, 2e9];

    public static TheoryData<string> Signals() => [.. ShippedRules.SignalCatalogue.Signals.Select(signal => signal.Id)];

    [Theory]
    [MemberData(nameof(Signals))]
    public void Recording_AnyNumber_MeansWhatItMeansInAPayload(string id)
    {
        var signal = ShippedRules.SignalCatalogue.Find(id)!;
        string[] texts = signal.Form == SignalForm.Letter
            ? [.. signal.Letters.Select(letter => letter.ToString())]
            : [.. Numbers.Select(number => number.ToString("R", CultureInfo.InvariantCulture))];
        foreach (var text in texts)
        {
            var decoded = Decode(id, signal.Form == SignalForm.Letter ? $"\"{text}\"" : text);
            var recording = Read($"0,p,{id},{text}");
            Assert.Empty(recording.Errors);
            var row = Assert.Single(recording.Rows);
            Assert.True(decoded.Value.Equals(row.Value) && decoded.Quality == row.Quality, $"{id} {text}: {decoded} in a payload, {row} in a recording");
        }
    }

    [Fact]
    public void Recording_EmptyField_MeansWhatNullMeansInAPayload()
    {
        var row = Assert.Single(Read("0,p,hr,").Rows);
        Assert.Equal(Decode("hr", "null"), new SignalValue(row.Signal, row.Value, row.Quality));
        Assert.Equal(Quality.NoValue, row.Quality);
    }

    private static Recording Read(string row)
    {
        var recording = new Recording(ShippedRules.SignalCatalogue);
        recording.ReadCsv(new StringReader($"time_s,patient,metric,value\n{row}\n"), "x.csv");
        return recording;
    }

    private static SignalValue Decode(string id, string value)
    {
        var batch = new ReadingBatch();
        Assert.Null(new ReadingDecoder(ShippedRules.SignalCatalogue).Decode(Encoding.UTF8.GetBytes($"{{\"{id}\":{value}}}"), "", new Instant(0), TimeSpan.Zero, batch));
        return Assert.Single(batch[0].Values);
    }
}
