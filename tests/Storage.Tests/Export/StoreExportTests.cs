using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Export;
using IoTGateway.Storage.Tests.BuiltIn;
using Parquet;
using Parquet.Schema;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests.Export;

public sealed class StoreExportTests : IDisposable
{
    private readonly StoreFixture _fixture = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task Write_Csv_HasEveryColumnAndQuotesWhatHasTo()
    {
        await StoreSomeAsync();

        Assert.Equal(3, await WriteAsync("out.csv"));

        Assert.Equal(
            "time,received,device,patient,bed,ward,quality,avpu,hr,spo2\r\n"
            + "2026-11-22T12:00:00.000Z,2026-11-22T13:00:00.000Z,m1,\"it's, \"\"p1\"\"\",,\"Ward\n2\",hr=questionable,,290,\r\n"
            + "2026-11-22T12:00:00.500Z,2026-11-22T12:00:00.500Z,m2,p1,ICU-1,ICU,hr=no-value,V,,\r\n"
            + "2026-11-23T12:00:00.000Z,2026-11-23T12:00:00.000Z,m2,p1,ICU-1,ICU,,,,97.25\r\n",
            await File.ReadAllTextAsync(_fixture.PathOf("out.csv"), Cancellation));
        Assert.False(File.Exists(_fixture.PathOf("out.csv.part")));
    }

    [Fact]
    public async Task Write_Parquet_IsReadBackAsItWasStored()
    {
        await StoreSomeAsync();

        Assert.Equal(3, await WriteAsync("out.parquet"));

        await using var reader = await ParquetReader.CreateAsync(_fixture.PathOf("out.parquet"), cancellationToken: Cancellation);
        Assert.Equal(["time", "received", "device", "patient", "bed", "ward", "quality", "avpu", "hr", "spo2"], reader.Schema.GetDataFields().Select(field => field.Name));
        Assert.Equal([Noon, Noon + TimeSpan.FromMilliseconds(500), Noon + TimeSpan.FromDays(1)], await TimesAsync(reader, 0, "time"));
        Assert.Equal([Noon + TimeSpan.FromHours(1), Noon + TimeSpan.FromMilliseconds(500), Noon + TimeSpan.FromDays(1)], await TimesAsync(reader, 0, "received"));
        Assert.Equal(["m1", "m2", "m2"], await TextsAsync(reader, "device"));
        Assert.Equal(["it's, \"p1\"", "p1", "p1"], await TextsAsync(reader, "patient"));
        Assert.Equal(["", "ICU-1", "ICU-1"], await TextsAsync(reader, "bed"));
        Assert.Equal(["Ward\n2", "ICU", "ICU"], await TextsAsync(reader, "ward"));
        Assert.Equal(["hr=questionable", "hr=no-value", null], await TextsAsync(reader, "quality"));
        Assert.Equal([null, "V", null], await TextsAsync(reader, "avpu"));
        Assert.Equal([290, null, null], await NumbersAsync(reader, 0, "hr"));
        Assert.Equal([null, null, 97.25], await NumbersAsync(reader, 0, "spo2"));
    }

    [Fact]
    public async Task Write_MoreRowsThanAPage_AreAllThere()
    {
        const int Rows = (StoreExport.RowsOfPage * 2) + 1;
        var rows = new RowBatch();
        for (var number = 0; number < Rows; number++)
        {
            rows.And("m1", Noon + TimeSpan.FromMilliseconds(number), Valid(HeartRate, number));
        }

        await _fixture.StoreAsync(rows, 1);
        var progress = new List<double>();
        Assert.Equal(Rows, await WriteAsync("out.parquet", progress.Add));

        await using var reader = await ParquetReader.CreateAsync(_fixture.PathOf("out.parquet"), cancellationToken: Cancellation);
        Assert.Equal(3, reader.RowGroupCount);
        var numbers = new List<double?>();
        for (var group = 0; group < reader.RowGroupCount; group++)
        {
            numbers.AddRange(await NumbersAsync(reader, group, "hr"));
        }

        Assert.Equal(Enumerable.Range(0, Rows).Select(number => (double?)number), numbers);
        Assert.Equal(1, progress[^1]);
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    public async Task Write_NoRows_IsAFileWithNames(string file)
    {
        await StoreSomeAsync();
        var reader = StoreReader.Open(_fixture.Directory, Instant.MinValue, Instant.MaxValue, "nobody");

        Assert.Equal(0, await StoreExport.WriteAsync(reader, _fixture.PathOf(file), overwrites: false, _ => { }, Cancellation));

        if (file == "out.csv")
        {
            Assert.Equal("time,received,device,patient,bed,ward,quality,avpu,hr,spo2\r\n", await File.ReadAllTextAsync(_fixture.PathOf(file), Cancellation));
            return;
        }

        await using var parquet = await ParquetReader.CreateAsync(_fixture.PathOf(file), cancellationToken: Cancellation);
        Assert.Equal((0, 10), (parquet.RowGroupCount, parquet.Schema.GetDataFields().Length));
    }

    [Fact]
    public async Task Write_FileThatIsThere_IsReplacedOnlyIfAsked()
    {
        await StoreSomeAsync();
        await File.WriteAllTextAsync(_fixture.PathOf("out.csv"), "mine", Cancellation);

        await Assert.ThrowsAsync<IOException>(() => WriteAsync("out.csv"));
        Assert.Equal("mine", await File.ReadAllTextAsync(_fixture.PathOf("out.csv"), Cancellation));
        Assert.False(File.Exists(_fixture.PathOf("out.csv.part")));

        await StoreExport.WriteAsync(Open(), _fixture.PathOf("out.csv"), overwrites: true, _ => { }, Cancellation);
        Assert.StartsWith("time,", await File.ReadAllTextAsync(_fixture.PathOf("out.csv"), Cancellation), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out.csv")]
    [InlineData("out.parquet")]
    public async Task Write_Cancelled_LeavesNothing(string file)
    {
        await StoreSomeAsync();
        using var stop = new CancellationTokenSource();
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => StoreExport.WriteAsync(Open(), _fixture.PathOf(file), overwrites: false, _ => { }, stop.Token));

        Assert.Empty(Directory.GetFiles(_fixture.Directory, "out*"));
    }

    private async Task StoreSomeAsync()
    {
        var rows = new RowBatch().And("m2", Noon + TimeSpan.FromDays(1), Valid(Saturation, 97.25)).And("m2", Noon + TimeSpan.FromMilliseconds(500), NoValue(HeartRate), Valid(Consciousness, 'V'));
        rows.Add("m1", Noon, Noon + TimeSpan.FromHours(1), new Assignment("it's, \"p1\"", "Ward\n2", ""), new LogPosition(1), [Questionable(HeartRate, 290)]);
        await _fixture.StoreAsync(rows, 1);
    }

    private StoreReader Open() => StoreReader.Open(_fixture.Directory, Instant.MinValue, Instant.MaxValue);

    private Task<long> WriteAsync(string file, Action<double>? progress = null) =>
        StoreExport.WriteAsync(Open(), _fixture.PathOf(file), overwrites: false, progress ?? (_ => { }), Cancellation);

    private static DataField FieldOf(ParquetReader reader, string name) => reader.Schema.GetDataFields().Single(field => field.Name == name);

    private static async Task<List<Instant>> TimesAsync(ParquetReader reader, int group, string name)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var times = new DateTime[rows.RowCount];
        await rows.ReadAsync<DateTime>(FieldOf(reader, name), times.AsMemory(), cancellationToken: Cancellation);
        Assert.All(times, time => Assert.Equal(DateTimeKind.Utc, time.Kind));
        return [.. times.Select(time => Instant.From(time))];
    }

    private static async Task<string?[]> TextsAsync(ParquetReader reader, string name)
    {
        using var rows = reader.OpenRowGroupReader(0);
        var texts = new string?[rows.RowCount];
        await rows.ReadAsync(FieldOf(reader, name), texts.AsMemory(), cancellationToken: Cancellation);
        return texts;
    }

    private static async Task<double?[]> NumbersAsync(ParquetReader reader, int group, string name)
    {
        using var rows = reader.OpenRowGroupReader(group);
        var numbers = new double?[rows.RowCount];
        await rows.ReadAsync<double>(FieldOf(reader, name), numbers.AsMemory(), cancellationToken: Cancellation);
        return numbers;
    }
}
