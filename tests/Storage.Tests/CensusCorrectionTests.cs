using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Clocks;
using IoTGateway.Storage.BuiltIn;
using IoTGateway.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using static IoTGateway.Storage.Tests.TestData;

namespace IoTGateway.Storage.Tests;

/// <summary>A change of who is where that is undone gives the readings in between back, also those that are stored already.</summary>
public sealed class CensusCorrectionTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    private static readonly string[] Devices = ["m1", "m2", "m3"];

    private readonly LogFixture _log = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Undo_ReadingsInBetween_BelongToWhomTheyBelonged()
    {
        await AppendCensusAsync(Noon, corrects: null, Bed("ICU-1", "p1", "m1"), Bed("ICU-2", null, "m2"), Bed("ICU-3", "p3", "m3"));
        await AppendReadingsAsync(10);
        await AppendCensusAsync(At(20), corrects: null, Bed("ICU-1", null, "m1"), Bed("ICU-2", "p1", "m2"), Bed("ICU-3", "p3", "m3"));
        await AppendReadingsAsync(30);
        await AppendCensusAsync(At(40), corrects: null, Bed("ICU-1", null, "m1"), Bed("ICU-2", "p1", "m2"), Bed("ICU-3", null, "m3"));
        await AppendReadingsAsync(50);
        await AppendCensusAsync(At(20), corrects: 1, Bed("ICU-1", "p1", "m1"), Bed("ICU-2", null, "m2"), Bed("ICU-3", null, "m3"));
        await AppendReadingsAsync(70);
        var store = BuiltInStore.Open(
            new BuiltInStoreOptions { Directory = _log["store"], CommitAge = TimeSpan.Zero, LogIdentity = _log.Log.Identity }, TimeProvider.System, new Random(1), NullLogger.Instance);
        var consumer = new StorageConsumer(
            "store", _log.Log, store, Catalogue, _log.CensusBefore, new ClockOffsetHistory(), _log.Draining, new RealDisk(), TimeProvider.System, new Random(1), NullLogger.Instance);
        using var stop = new CancellationTokenSource();
        var running = consumer.RunAsync(stop.Token);
        await Eventually.HoldsAsync("all is stored", Deadline, () => store.Cursor >= _log.Log.End, Cancellation);
        string[] expected =
        [
            "10 m1 p1", "10 m2 m2", "10 m3 p3",
            "30 m1 p1", "30 m2 m2", "30 m3 p3",
            "50 m1 p1", "50 m2 m2", "50 m3 m3",
            "70 m1 p1", "70 m2 m2", "70 m3 m3",
        ];
        Assert.Equal(expected, Stored());

        // What comes again comes as it is known now, not as it was known then.
        await consumer.Runner.ReplayAsync(new ReplayRange(), Cancellation);
        Assert.Equal(expected, Stored());

        using var history = new BuiltInHistory(_log["store"]);
        Assert.Equal(4, (await history.SeriesAsync("p1", "hr", Noon, At(100), 100, Cancellation)).Count);
        await stop.CancelAsync();
        await running;
        Assert.Null(consumer.Failure);
        consumer.Dispose();
        store.Dispose();
    }

    private string[] Stored() =>
        [.. StoredValues.Read(_log["store"], Noon, At(100)).Select(value => $"{(value.Time - Noon).TotalSeconds} {value.Device} {value.Patient}").Order(StringComparer.Ordinal)];

    private static Instant At(int seconds) => Noon + TimeSpan.FromSeconds(seconds);

    private static Bed Bed(string id, string? patient, string device) => new(id, "ICU", patient, [device], [], []);

    private Task AppendReadingsAsync(int seconds) => _log.AppendAsync(batch =>
    {
        foreach (var device in Devices)
        {
            LogFixture.AddReading(batch, device, $$"""{"ts":{{At(seconds).UnixMilliseconds}},"hr":70}""");
        }
    });

    private Task AppendCensusAsync(Instant from, long? corrects, params Bed[] beds) => _log.AppendAsync(batch => batch.Add(
        RecordKind.Census, null, new CensusRecord(from, new WardCensus([.. beds])) { Note = new CensusNote { Kind = CensusNoteKind.Undo, At = At(60), By = "nurse-1", Corrects = corrects } }.Write()));
}
