using System.Text;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Census;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Observations;
using IoTGateway.Alerts.Orders;
using IoTGateway.Alerts.Processing;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Alerts.View;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;
using IoTGateway.Tests.Doubles;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTGateway.Alerts.Tests.Doubles;

/// <summary>A log, the processor on it and a clock that stands still: everything happens when a test says so.</summary>
internal sealed class TestGateway : IDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly long _segmentSizeBytes;
    private bool _closed;

    public TestGateway(MemoryDisk? disk = null, DateTimeOffset? now = null, AlertServiceOptions? options = null, Func<IRuleEngine>? engine = null, long segmentSizeBytes = 64 << 20, ILogger? log = null)
    {
        _segmentSizeBytes = segmentSizeBytes;
        Disk = disk ?? new MemoryDisk();
        Clock = new SettableClock(now ?? Start);
        Options = options ?? new AlertServiceOptions();
        Log = DurableLog.Open(LogOptionsOf(segmentSizeBytes), Disk, Clock, [Ledger, Care, RuleSets, Census, ClockOffsets, ObservationsInLog]);
        Processor = new AlertProcessor(Log, Ledger, Care, RuleSets, Census, ClockOffsets, engine ?? (() => new RuleEngine()), Options, log ?? NullLogger.Instance);
        View = new WardView(Processor, Options, Log.Clock);
        Review = new RuleReview(Log, RuleSets.History.Copy(), (before, candidate) => RulePlan.Make(StateReader().Present(), before, candidate, [.. Ledger.Alerts], [.. Care.LastChanges]), NullLogger.Instance);
        View.Notes = () => Review.Notes;
        Observations = new ObservationCommands(Log, Processor, ObservationsInLog.History);
        Beds = new CensusCommands(Log, Processor, Census.History, log ?? NullLogger.Instance);
    }

    public MemoryDisk Disk { get; }

    public SettableClock Clock { get; }

    public AlertServiceOptions Options { get; }

    public AlertLedger Ledger { get; } = new();

    public CareLedger Care { get; } = new();

    public RuleSetProjection RuleSets { get; } = new();

    public CensusProjection Census { get; } = new();

    public ClockOffsetProjection ClockOffsets { get; } = new();

    public ObservationProjection ObservationsInLog { get; } = new();

    public ObservationCommands Observations { get; }

    /// <summary>Who is where, as people change it; not to be mixed with <see cref="Admit(Bed[])"/>, which it does not know of.</summary>
    public CensusCommands Beds { get; }

    public DurableLog Log { get; }

    public AlertProcessor Processor { get; }

    public WardView View { get; }

    public RuleReview Review { get; }

    /// <summary>Reads the state of the rules from the log, as another process could.</summary>
    public HostReader StateReader() => new(LogView.Of(Log), RuleSets.History, position => Processor.Host.CensusBefore(position), ClockOffsets.History, () => new RuleEngine());

    /// <summary>The steps of the rule sets in the log, in order.</summary>
    public List<RuleSetRecord> RuleSteps() => ReadLog(RecordKind.RuleSet, (in LogRecord record) => RuleSetRecord.Read(record.Body));

    public Instant Now => Instant.Now(Clock);

    /// <summary>Lets seconds pass, one after the other, and the processor with them.</summary>
    public TestGateway Pass(int seconds)
    {
        for (; seconds > 0; seconds--)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Consume();
        }

        return this;
    }

    public TestGateway Consume()
    {
        Processor.ConsumeAll(TestContext.Current.CancellationToken);
        return this;
    }

    public TestGateway Load(RuleSet rules)
    {
        Append(RecordKind.RuleSet, null, RuleSetRecord.Of(rules).Write());
        return Consume();
    }

    public TestGateway Admit(params Bed[] beds) => Admit(Now, beds);

    public TestGateway Admit(Instant from, params Bed[] beds)
    {
        Append(RecordKind.Census, null, new CensusRecord(from, new WardCensus([.. beds])).Write());
        return Consume();
    }

    /// <summary>A reading, measured now.</summary>
    public TestGateway Read(string device, string values) => Publish(device, $$$"""{"ts":{{{Now.UnixMilliseconds}}},"values":{{{{values}}}}}""");

    public TestGateway Publish(string device, string payload)
    {
        Append(RecordKind.Reading, DeviceTopic.Vitals(device), PublishBody(device, payload));
        return Consume();
    }

    public TestGateway Status(string device, string payload)
    {
        Append(RecordKind.DeviceStatus, DeviceTopic.Status(device), PublishBody(device, payload));
        return Consume();
    }

    public TestGateway Acknowledge(string patient, string slug, string payload, string by = "nurse-1")
    {
        var ward = Ledger.Find(patient, slug)?.Ward ?? "ICU";
        Append(RecordKind.Acknowledgement, AlertTopics.Acknowledge(ward, patient, slug), PublishBody(by, payload));
        return Consume();
    }

    public TestGateway Acknowledge(string patient, string slug) =>
        Acknowledge(patient, slug, $$"""{"episode":"{{Ledger.Find(patient, slug)!.Episode}}","note":"seen"}""");

    /// <summary>Gives an order and waits for its answer and for what came of it to come back.</summary>
    public OrderAnswer Give(Order order, string by = "nurse-1")
    {
        var (request, outcome) = Processor.OrderWaiters.Register();
        Append(RecordKind.Order, OrderRecord.TopicOf(order), new OrderRecord(by, request, order).Write());
        Consume();
        Assert.True(outcome.Wait(Patience, TestContext.Current.CancellationToken));
        Consume();
        return outcome.Result;
    }

    /// <summary>The changes of care in the log, in order.</summary>
    public List<CareEvent> CareEvents() => ReadLog(RecordKind.Care, (in LogRecord record) => CareRecord.Read(record.Body));

    public static Bed Bed(string id, string? patient, string ward = "ICU", string[]? devices = null, string[]? monitored = null) =>
        new(id, ward, patient, [.. devices ?? []], [], [.. monitored ?? []]);

    /// <summary>Appends without consuming; on return it is durable.</summary>
    public void Append(RecordKind kind, string? topic, ReadOnlySpan<byte> body) =>
        Assert.True(Log.Append(kind, topic, body).Task.Wait(Patience, TestContext.Current.CancellationToken));

    public static byte[] PublishBody(string client, string payload)
    {
        var head = new byte[PublishRecord.HeadSizeBytes(1, Encoding.UTF8.GetByteCount(client), 0)];
        PublishRecord.WriteHead(head, 1, false, 0, Encoding.UTF8.GetBytes(client), default);
        return [.. head, .. Encoding.UTF8.GetBytes(payload)];
    }

    /// <summary>All alert events of the log, in order.</summary>
    public List<AlertEvent> Events() => ReadLog(RecordKind.AlertEvent, (in LogRecord record) => AlertEventRecord.Read(record.Body));

    /// <summary>All dead letters of the log, in order.</summary>
    public List<DeadLetterRecord> DeadLetters() => ReadLog(RecordKind.DeadLetter, (in LogRecord record) => DeadLetterRecord.Read(record.Body));

    public List<TickRecord> Ticks() => ReadLog(RecordKind.Tick, (in LogRecord record) => TickRecord.Read(record.Body));

    /// <summary>"patient slug state" of each event, in order.</summary>
    public List<string> Story() =>
        [.. Events().Select(happened => $"{happened.Status.Patient} {happened.Status.Slug} {AlertWords.Of(happened.Status.State)}{(happened.Change == AlertChange.Entered ? "" : " " + AlertWords.Of(happened.Change))}")];

    /// <summary>Gives an order and consumes until it is answered.</summary>
    public T Answer<T>(Task<T> asked)
    {
        for (var deadline = Environment.TickCount64 + (long)Patience.TotalMilliseconds; !asked.IsCompleted && Environment.TickCount64 < deadline;)
        {
            Settle();
            Consume();
        }

        Assert.True(asked.Wait(Patience, TestContext.Current.CancellationToken));
        return asked.Result;
    }

    /// <summary>Waits until everything appended is durable.</summary>
    public void Settle() => Assert.True(Log.Append(RecordKind.ConsumerRemoved, null, "nobody"u8).Task.Wait(Patience, TestContext.Current.CancellationToken));

    /// <summary>A new run on what is on the disk now, as after a power failure; this one goes on existing but is no longer of interest.</summary>
    public TestGateway Crash(TimeSpan? downFor = null, Func<IRuleEngine>? engine = null) =>
        new(Disk.Copy(), Clock.GetUtcNow() + (downFor ?? TimeSpan.Zero), Options, engine, _segmentSizeBytes);

    public void Dispose()
    {
        if (!_closed)
        {
            _closed = true;
            Processor.Dispose();
            Log.Dispose();
        }
    }

    private static LogOptions LogOptionsOf(long segmentSizeBytes) => new()
    {
        Directory = "/log",
        SegmentSizeBytes = segmentSizeBytes,
        NewIdentity = () => new Guid(1, 2, 3, new byte[8]),
    };

    public delegate T Reader<T>(in LogRecord record);

    /// <summary>All records of a kind, in order.</summary>
    public List<T> ReadLog<T>(RecordKind kind, Reader<T> read)
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
}
