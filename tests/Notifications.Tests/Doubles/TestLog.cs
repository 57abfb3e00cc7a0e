using IoTGateway.Alerts;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Notifications.Escalation;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;
using IoTGateway.Tests.Doubles;

namespace IoTGateway.Notifications.Tests.Doubles;

/// <summary>A log, the escalator on it and a clock that stands still.</summary>
internal sealed class TestLog : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly AlertLedger _alerts = new();

    public TestLog(MemoryDisk? disk = null, DateTimeOffset? now = null)
    {
        Disk = disk ?? new MemoryDisk();
        Clock = new SettableClock(now ?? Start);
        var ruleSets = new RuleSetProjection();
        var options = new LogOptions { Directory = "/log", NewIdentity = () => new Guid(1, 2, 3, new byte[8]) };
        Log = DurableLog.Open(options, Disk, Clock, [_alerts, ruleSets, Ledger, NotificationRules]);
        Escalator = new Escalator(Log, Ledger, NotificationRules, ruleSets, _alerts, TimeZoneInfo.Utc, new EscalatorOptions { Allowance = TimeSpan.Zero });
    }

    public MemoryDisk Disk { get; }

    public SettableClock Clock { get; }

    public DurableLog Log { get; }

    public EscalationLedger Ledger { get; } = new();

    public NotificationRulesProjection NotificationRules { get; } = new();

    public Escalator Escalator { get; }

    public Instant Now => Instant.Now(Log.Clock);

    public TestLog Load(string notifications = TestPlan.Notifications, string roster = TestPlan.Roster)
    {
        Append(RecordKind.NotificationRules, new NotificationRulesRecord(Now, new RuleFile("roster.yaml", roster), new RuleFile("notifications.yaml", notifications)).Write());
        return Consume();
    }

    public TestLog Happens(AlertEvent happened)
    {
        Append(RecordKind.AlertEvent, AlertEventRecord.Write(happened));
        return this;
    }

    public TestLog Receive(PageReceipt receipt)
    {
        Append(RecordKind.PageReceipt, PageReceiptRecord.Write(receipt));
        return this;
    }

    public TestLog Consume()
    {
        Escalator.ConsumeAll(TestContext.Current.CancellationToken);
        return this;
    }

    /// <summary>The pages of the log, in order.</summary>
    public List<Page> Pages() => [.. Read(RecordKind.Page, (in LogRecord record) => PageRecord.Read(record.Body).Page).OfType<Page>()];

    /// <summary>The receipts of the log, in order.</summary>
    public List<PageReceipt> Receipts() => Read(RecordKind.PageReceipt, (in LogRecord record) => PageReceiptRecord.Read(record.Body));

    /// <summary>How many records of a kind there are.</summary>
    public int Count(RecordKind kind) => Read(kind, (in LogRecord record) => record.Sequence).Count;

    /// <summary>A new run on what is on the disk now, as after a power failure.</summary>
    public TestLog Crash(TimeSpan downFor = default) => new(Disk.Copy(), Clock.GetUtcNow() + downFor);

    public void Settle() => Assert.True(Log.Append(RecordKind.ConsumerRemoved, null, "nobody"u8).Task.Wait(Patience, TestContext.Current.CancellationToken));

    public void Dispose()
    {
        Escalator.Dispose();
        Log.Dispose();
    }

    private delegate T Reader<T>(in LogRecord record);

    private List<T> Read<T>(RecordKind kind, Reader<T> read)
    {
        Settle();
        var found = new List<T>();
        using var reader = Log.OpenReader(Log.Start, RecordKinds.Of(kind));
        while (reader.TryRead(out var frame))
        {
            foreach (var record in frame)
            {
                found.Add(read(record));
            }
        }

        return found;
    }

    private void Append(RecordKind kind, byte[] body) => Assert.True(Log.Append(kind, null, body).Task.Wait(Patience, TestContext.Current.CancellationToken));
}
