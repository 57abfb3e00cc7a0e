using IoTGateway.Readings;
using IoTGateway.Storage.BuiltIn;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.BuiltIn;

public sealed class StoredValuesTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Read_RowsOfSeveralDays_GivesEachValueWithItsQuality()
    {
        var next = Noon + TimeSpan.FromDays(1);
        await _fixture.StoreAsync(
            Row(Noon, Valid(HeartRate, 72), Questionable(Saturation, 30))
                .And("m1", Noon + TimeSpan.FromSeconds(1), NoValue(HeartRate, -100), NoValue(Saturation))
                .And("m1", next, Valid(HeartRate, 80)),
            1);
        var progress = new List<double>();
        Assert.Equal(
            [
                (Noon, "hr", 72, Quality.Valid),
                (Noon, "spo2", 30, Quality.Questionable),
                (Noon + TimeSpan.FromSeconds(1), "hr", -100, Quality.NoValue),
                (Noon + TimeSpan.FromSeconds(1), "spo2", double.NaN, Quality.NoValue),
                (next, "hr", 80, Quality.Valid),
            ],
            StoredValues.Read(_fixture.Directory, Instant.MinValue, Instant.MaxValue, progress.Add).Select(value => (value.Time, value.Signal, value.Value, value.Quality)));
        Assert.Equal([0.5, 1], progress);
        var first = StoredValues.Read(_fixture.Directory, Instant.MinValue, Instant.MaxValue).First();
        Assert.Equal(("p1", "m1"), (first.Patient, first.Device));
        Assert.NotEmpty(first.Ward);
    }

    [Fact]
    public async Task Read_Span_HoldsItsFirstInstantButNotItsLast()
    {
        await _fixture.StoreAsync(Row(Noon, Valid(HeartRate, 1)).And("m1", Noon + TimeSpan.FromSeconds(1), Valid(HeartRate, 2)).And("m1", Noon + TimeSpan.FromSeconds(2), Valid(HeartRate, 3)), 1);
        Assert.Equal([2.0], StoredValues.Read(_fixture.Directory, Noon + TimeSpan.FromSeconds(1), Noon + TimeSpan.FromSeconds(2)).Select(value => value.Value));
    }

    [Fact]
    public void Read_NoStore_SaysSo()
    {
        var failure = Assert.Throws<StoreException>(() => StoredValues.Read(Path.Combine(_fixture.Directory, "nothing"), Instant.MinValue, Instant.MaxValue));
        Assert.Contains("There is no built-in store in", failure.Message, StringComparison.Ordinal);
    }
}
