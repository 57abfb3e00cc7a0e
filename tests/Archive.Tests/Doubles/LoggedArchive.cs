using IoTGateway.Alerts;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Tests.Doubles;
using IoTGateway.Tests.Support;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTGateway.Archive.Tests.Doubles;

/// <summary>A real log and the archive that drains it, in a directory of their own.</summary>
internal sealed class LoggedArchive : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public LoggedArchive() => Log = OpenLog();

    public SettableClock Clock { get; } = new(TestEvents.Noon.ToDateTimeOffset());

    public DurableLog Log { get; private set; }

    public string Directory => _directory["archive"];

    public string Path => System.IO.Path.Combine(Directory, ArchiveSchema.FileName);

    public string LogDirectory => _directory["log"];

    /// <summary>The ids that stand at the end of the log.</summary>
    public HashSet<string> Standing { get; } = new(StringComparer.Ordinal);

    public ArchiveConsumer OpenArchive(long cursorDistanceBytes = 32 << 20, int recordsAtMost = 1_000) => new(
        Log,
        new ArchiveOptions { Directory = Directory, CursorDistanceBytes = cursorDistanceBytes, CommitRecordsAtMost = recordsAtMost, CommitAge = TimeSpan.Zero },
        CensusBefore, () => Standing, Clock, new Random(1), NullLogger.Instance);

    public Task AppendAsync(AlertEvent happened) => AppendAsync(RecordKind.AlertEvent, $"alert-events/{happened.Status.Ward}/{happened.Status.Patient}", AlertEventRecord.Write(happened));

    public Task AppendAsync(Instant from, WardCensus census) => AppendAsync(RecordKind.Census, null, new CensusRecord(from, census).Write());

    public Task AppendAsync(RecordKind kind, string? topic, byte[] body) =>
        Log.Append(kind, topic, body).Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

    public void ReopenLog()
    {
        Log.Dispose();
        Log = OpenLog();
    }

    /// <summary>Another log in the place of the one there is.</summary>
    public void ReplaceLog()
    {
        Log.Dispose();
        System.IO.Directory.Delete(LogDirectory, recursive: true);
        Log = OpenLog();
    }

    public string[] Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<string>();
        while (reader.Read())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)));
        }

        return [.. rows];
    }

    public void Dispose()
    {
        Log.Dispose();
        _directory.Dispose();
    }

    private DurableLog OpenLog() => DurableLog.Open(
        new LogOptions { Directory = LogDirectory, SegmentSizeBytes = 4_096, RetentionAge = TimeSpan.FromHours(1) }, new RealDisk(), Clock);

    /// <summary>Who was where before a place of the log, read from its beginning.</summary>
    private CensusHistory CensusBefore(LogPosition position)
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
                    history.Apply(record.Position.Address, change.From, change.Census);
                }
            }
        }

        return history;
    }
}
