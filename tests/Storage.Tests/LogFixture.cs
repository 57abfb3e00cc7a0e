using System.Text;
using IoTGateway.Queue;
using IoTGateway.Queue.Draining;
using IoTGateway.Queue.Files;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Tests.Support;

namespace IoTGateway.Storage.Tests;

/// <summary>A real log in a directory of its own, with readings and censuses put into it.</summary>
internal sealed class LogFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public LogFixture() => Log = Open();

    public DurableLog Log { get; private set; }

    public string this[string name] => _directory[name];

    /// <summary>Where the side files are.</summary>
    public DrainOptions Draining => new() { Directory = _directory["parked"] };

    public void Reopen()
    {
        Log.Dispose();
        Log = Open();
    }

    /// <summary>Adds a reading as published.</summary>
    public static void AddReading(LogBatch batch, string device, string json) => AddPublish(batch, RecordKind.Reading, DeviceTopic.Vitals(device), json);

    public static void AddPublish(LogBatch batch, RecordKind kind, string topic, string payload)
    {
        var head = new byte[PublishRecord.HeadSizeBytes(1, 1, 0)];
        PublishRecord.WriteHead(head, 1, retain: false, packetIdentifier: 0, "c"u8, default);
        batch.Add(kind, topic, [.. head, .. Encoding.UTF8.GetBytes(payload)]);
    }

    public Task AppendReadingAsync(string device, string json) => AppendAsync(batch => AddReading(batch, device, json));

    public Task AppendCensusAsync(Instant from, params (string Patient, string Bed, string Device)[] beds) => AppendAsync(batch => batch.Add(
        RecordKind.Census, null, new CensusRecord(from, new WardCensus([.. beds.Select(bed => new Bed(bed.Bed, "ICU", bed.Patient, [bed.Device], [], []))])).Write()));

    public Task AppendAsync(Action<LogBatch> fill)
    {
        var batch = new LogBatch();
        fill(batch);
        return Log.Append(batch).Task;
    }

    /// <summary>Who was where before a place of the log, read from its beginning.</summary>
    public CensusHistory CensusBefore(LogPosition position)
    {
        var history = new CensusHistory();
        using var reader = Log.OpenReader(Log.Start, RecordKinds.Of(RecordKind.Census));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                if (record.Position < position)
                {
                    var change = CensusRecord.Read(record.Body);
                    history.Apply(record.Position.Address, change.From, change.Census, change.Note);
                }
            }
        }

        return history;
    }

    public void Dispose()
    {
        Log.Dispose();
        _directory.Dispose();
    }

    private DurableLog Open() =>
        DurableLog.Open(new LogOptions { Directory = _directory["queue"], SegmentSizeBytes = 1 << 20 }, new RealDisk(), TimeProvider.System);
}
