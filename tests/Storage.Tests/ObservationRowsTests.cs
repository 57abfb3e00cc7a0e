using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;
using IoTGateway.Readings.Observations;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Storage.Influx;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests;

/// <summary>What observations are in the stores: after each step the newest version counts and nothing else, also when everything comes again.</summary>
public sealed class ObservationRowsTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);
    private static readonly Instant Later = Noon + TimeSpan.FromMinutes(5);

    private readonly LogFixture _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>An observation's life: entered, corrected at the same time, at another time, taken back.</summary>
    private static ObservationRecord[] Life { get; } = MakeLife();

    public void Dispose() => _log.Dispose();

    [Theory]
    [InlineData(1, "temp 0:39.5", "avpu 0:67")]
    [InlineData(2, "temp 0:37.5", "avpu")]
    [InlineData(3, "temp 300000:37.5", "avpu")]
    [InlineData(4, "temp", "avpu")]
    public async Task BuiltIn_EachVersion_TakesThePlaceOfTheOneBeforeAlsoWhenAllComesAgain(int versions, params string[] expected)
    {
        using (var store = BuiltInStore.Open(
            new BuiltInStoreOptions { Directory = _log["store"], CommitAge = TimeSpan.Zero, LogIdentity = _log.Log.Identity }, TimeProvider.System, new Random(1), NullLogger.Instance))
        {
            var consumer = Make(store);
            using var stop = new CancellationTokenSource();
            var running = consumer.RunAsync(stop.Token);
            foreach (var record in Life[..versions])
            {
                await AppendAsync(record);
            }

            var end = _log.Log.End;
            await Eventually.HoldsAsync("all is stored", Deadline, () => store.Cursor >= end, Cancellation);
            await consumer.Runner.ReplayAsync(new Queue.Draining.ReplayRange(), Cancellation);
            await stop.CancelAsync();
            await running;
            Assert.Null(consumer.Failure);
            consumer.Dispose();
        }

        using var history = new BuiltInHistory(_log["store"]);
        foreach (var line in expected)
        {
            var points = await history.SeriesAsync("p1", line.Split(' ')[0], Noon, Noon + TimeSpan.FromHours(1), 100, Cancellation);
            Assert.Equal(line, string.Join(' ', points.Select(point => FormattableString.Invariant($"{point.Time.UnixMilliseconds - Noon.UnixMilliseconds}:{point.Average}")).Prepend(line.Split(' ')[0])));
        }

        var stored = StoredValues.Read(_log["store"], Noon, Noon + TimeSpan.FromHours(1)).ToList();
        Assert.Equal(expected.Count(line => line.Contains(' ', StringComparison.Ordinal)), stored.Count);
        Assert.All(stored, value => Assert.Equal(("p1", "ICU", "observation:p1"), (value.Patient, value.Ward, value.Device)));
    }

    [Fact]
    public void Influx_EachVersion_SaysInQualityWhatCounts() => Assert.Equal(
        [
            $"vitals,bed=ICU-1,device=observation:p1,patient=p1,ward=ICU temp=39.5,avpu=\"C\",quality=\"\" {Noon.UnixMilliseconds}",
            $"vitals,bed=ICU-1,device=observation:p1,patient=p1,ward=ICU temp=37.5,quality=\"avpu=retracted\" {Noon.UnixMilliseconds}",
            $"vitals,bed=ICU-1,device=observation:p1,patient=p1,ward=ICU quality=\"temp=retracted avpu=retracted\" {Noon.UnixMilliseconds}",
            $"vitals,bed=ICU-2,device=observation:p1,patient=p1,ward=ICU temp=37.5,quality=\"\" {Later.UnixMilliseconds}",
            $"vitals,bed=ICU-2,device=observation:p1,patient=p1,ward=ICU quality=\"temp=retracted\" {Later.UnixMilliseconds}",
        ],
        Lines(Life));

    [Fact]
    public void Influx_ValueThatComesBackOrIsQuestionable_IsNoLongerMarkedOrMarkedOtherwise()
    {
        var first = Of(1, Noon, null, [new("temp", 37.5), new("hr", 70)]);
        var second = Of(2, Noon, first, [new("temp", 37.5)]) with { Dropped = ["hr"] };
        var third = Of(3, Noon, second, [new("temp", 37.6), new("hr", 71)]);

        Assert.Equal(["quality=\"\"", "quality=\"hr=retracted\"", "quality=\"\""], Lines([first, second, third]).Select(line => line.Split(',', ' ').Single(part => part.StartsWith("quality", StringComparison.Ordinal))));
    }

    [Fact]
    public void Rows_SignalThatIsNotInTheCatalogue_IsPassedOver()
    {
        var rows = new RowBatch();
        new ObservationRows(Catalogue).AddTo(rows, Of(1, Noon, null, [new("gcs", 15)]), new LogPosition(1));

        Assert.Equal(0, rows.Count);
    }

    private static ObservationRecord[] MakeLife()
    {
        var first = Of(1, Noon, null, [new("temp", 39.5), new("avpu", 'C')]);
        var corrected = Of(2, Noon, first, [new("temp", 37.5)]) with { Dropped = ["avpu"] };
        var moved = Of(3, Later, corrected, [new("temp", 37.5)]) with { Bed = "ICU-2" };
        var gone = moved with { Before = moved.Version, Observation = moved.Observation with { Revision = 4, Retracted = "wrong patient" } };
        return [first, corrected, moved, gone];
    }

    private static ObservationRecord Of(int revision, Instant taken, ObservationRecord? before, ObservedValue[] values) =>
        new(new Observation("o1", "p1", taken, "nurse-1", [.. values], "") { Revision = revision, Recorded = Later }, "ICU", "ICU-1", before?.Version);

    private static List<string> Lines(IEnumerable<ObservationRecord> records)
    {
        var rows = new RowBatch();
        var made = new ObservationRows(Catalogue);
        foreach (var record in records)
        {
            made.AddTo(rows, record, new LogPosition(1));
        }

        using var lines = new LineBuffer("vitals");
        for (var index = 0; index < rows.Count; index++)
        {
            lines.Add(index, rows.Rows[index], rows.ValuesOf(rows.Rows[index]));
        }

        return [.. Encoding.UTF8.GetString(lines.Lines(0, lines.LineCount).Span).Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }

    private Task AppendAsync(ObservationRecord record) =>
        _log.AppendAsync(batch => batch.Add(RecordKind.Observation, ObservationTopic.Of(record.Observation.Patient), record.Write()));

    private StorageConsumer Make(IReadingSink sink) => new(
        "store", _log.Log, sink, Catalogue, _log.CensusBefore, new ClockOffsetHistory(), _log.Draining, new RealDisk(), TimeProvider.System, new Random(1), NullLogger.Instance);
}
