using System.Text;
using IoTGateway.Tests.Doubles;
using IoTGateway.Tests.Support;

namespace IoTGateway.Queue.Tests;

/// <summary>A directory, a clock and a disk for tests of the log; opens it again and again.</summary>
public abstract class LogTest : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    protected SettableClock Clock { get; } = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    internal ControlledDisk Disk { get; } = new();

    protected string LogDirectory => _directory["log"];

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        Disk.ReleaseFlushes();
        _directory.Dispose();
        GC.SuppressFinalize(this);
    }

    protected DurableLog Open(LogOptions? options = null, params IReadOnlyList<IProjection> projections) =>
        DurableLog.Open(options ?? Options(), Disk, Clock, projections);

    protected LogOptions Options(
        long segmentSizeBytes = 64 << 20, int topics = 100_000, TimeSpan? retentionAge = null, long retentionBytes = 2L << 30, int pendingBytes = 8 << 20) => new()
        {
            Directory = LogDirectory,
            SegmentSizeBytes = segmentSizeBytes,
            TopicCountAtMost = topics,
            RetentionAge = retentionAge ?? TimeSpan.FromHours(24),
            RetentionBytes = retentionBytes,
            PendingBytesAtMost = pendingBytes,
        };

    protected static Task AppendAsync(DurableLog log, string topic, string body, RecordKind kind = RecordKind.Reading) =>
        log.Append(kind, topic, Encoding.UTF8.GetBytes(body)).Task.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);

    /// <summary>Every record of some kinds as "topic#sequence body".</summary>
    protected static List<string> ReadAll(LogReader reader)
    {
        var found = new List<string>();
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add($"{record.Topic?.Name}#{record.Sequence} {Encoding.UTF8.GetString(record.Body)}");
            }
        }

        return found;
    }

    protected static List<string> ReadReadings(DurableLog log)
    {
        using var reader = log.OpenReader(LogPosition.Beginning, RecordKinds.Of(RecordKind.Reading));
        return ReadAll(reader);
    }

    protected string[] SegmentFiles() => [.. Directory.GetFiles(LogDirectory, "*.log").Order(StringComparer.Ordinal)];
}
