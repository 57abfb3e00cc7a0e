using IoTGateway.Alerts.Commands;
using IoTGateway.Alerts.Orders;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts.Processing;

/// <summary>
/// The consumer "rules": exactly once. Reads its inputs in log order and appends what comes of them together with its cursor, so that a
/// restart goes on between two frames as if nothing had been. Synchronous; one thread at a time.
/// </summary>
internal sealed partial class AlertProcessor : IDisposable
{
    /// <summary>The consumer's name.</summary>
    public const string ConsumerName = "rules";

    private readonly DurableLog _durableLog;
    private readonly AlertLedger _ledger;
    private readonly CensusProjection _census;
    private readonly ClockOffsetHistory _clockOffsets;
    private readonly RuleSetProjection _ruleSets;
    private readonly Func<IRuleEngine> _createEngine;
    private readonly LogClock _clock;
    private readonly AlertServiceOptions _options;
    private readonly ILogger _log;
    private readonly LedgerOutput _output;
    private readonly LogBatch _batch = new();
    private readonly List<(string Request, AcknowledgeResult Result)> _answers = [];
    private readonly List<(string Request, OrderAnswer Answer)> _orderAnswers = [];
    private readonly OrderDesk _desk;
    private readonly LogConsumer _consumer;
    private readonly LogPosition _endAtStart;
    private readonly Instant _started;

    /// <summary>Everything before it is in the restored state already, although the cursor had not come to be written.</summary>
    private LogPosition _restoredTo;
    private Instant _lastBeforeStart = Instant.MinValue;
    private Commit? _lastCommit;

    // The last one or one that rides along behind it.
    private Commit? _newestCommit;
    private RuleHost _host;
    private long _caughtUp = Instant.MinValue.UnixMilliseconds;
    private long _lastRecorded = Instant.MinValue.UnixMilliseconds;

    /// <summary>Opens the consumer and recovers the state of the rules; on return the next frame can be consumed.</summary>
    public AlertProcessor(
        DurableLog durableLog,
        AlertLedger ledger,
        CareLedger care,
        RuleSetProjection ruleSets,
        CensusProjection census,
        ClockOffsetProjection clockOffsets,
        Func<IRuleEngine> createEngine,
        AlertServiceOptions options,
        ILogger log)
    {
        _durableLog = durableLog;
        _ledger = ledger;
        Care = care;
        _census = census;
        _clockOffsets = clockOffsets.History;
        _ruleSets = ruleSets;
        _createEngine = createEngine;
        _clock = durableLog.Clock;
        _options = options;
        _log = log;
        _output = new LedgerOutput(ledger, care, options.DeadLetterBytesAtMost);
        _desk = new OrderDesk(ledger, care, _output);
        _started = Instant.Now(_clock);
        Waiters = new AnswerWaiters<AcknowledgeResult>(_started);
        OrderWaiters = new AnswerWaiters<OrderAnswer>(_started);
        _endAtStart = durableLog.End;
        _consumer = durableLog.OpenConsumer(ConsumerName, RuleHost.InputKinds, durableLog.Start);
        try
        {
            _host = Recover();
            _output.GoOn(_host.Rules, patient => _host.FindPatient(patient)?.Place);
        }
        catch
        {
            _consumer.Dispose();
            throw;
        }
    }

    /// <summary>Guards the host and the ledger: held while an input is taken in, and by those who show the state.</summary>
    public object Gate { get; } = new();

    /// <summary>The rules' state. Under <see cref="Gate"/>.</summary>
    public RuleHost Host => _host;

    /// <summary>The alerts. Under <see cref="Gate"/>.</summary>
    public AlertLedger Ledger => _ledger;

    /// <summary>How people have decided that patients are cared for. Under <see cref="Gate"/>.</summary>
    public CareLedger Care { get; }

    /// <summary>Those who wait for the outcome of an acknowledgement.</summary>
    public AnswerWaiters<AcknowledgeResult> Waiters { get; }

    /// <summary>Those who wait for the answer to an order.</summary>
    public AnswerWaiters<OrderAnswer> OrderWaiters { get; }

    /// <summary>Whether everything that stood in the log at the start has been consumed.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>How many wait for <see cref="Gate"/>, so that a busy processor lets them in.</summary>
    public int Viewers;

    /// <summary>Grows whenever somebody is told that something was done: a view from before is not the present one.</summary>
    public long Answers;

    /// <summary>Called when the ledger has changed; not under <see cref="Gate"/>.</summary>
    public Action? AlertsChanged { get; set; }

    /// <summary>How far the rules are behind what is durable.</summary>
    public TimeSpan Behind(Instant now)
    {
        var reached = Math.Max(Volatile.Read(ref _caughtUp), Volatile.Read(ref _lastRecorded));
        return reached == Instant.MinValue.UnixMilliseconds ? now - _started : TimeSpan.FromMilliseconds(Math.Max(0, now.UnixMilliseconds - reached));
    }

    /// <summary>Consumes the next frame; false when there is none.</summary>
    public bool TryConsumeFrame()
    {
        var now = Instant.Now(_clock);
        if (!_consumer.TryRead(out var frame))
        {
            if (!_consumer.StoodStill)
            {
                ReachEnd(now);
            }

            return false;
        }

        if (frame.Next <= _restoredTo)
        {
            _consumer.Advance(frame.Next);
            return true;
        }

        if (!IsComplete && frame.Position >= _endAtStart)
        {
            CompleteStart(now);
        }

        // Everything that was committed before this frame is consumed, so time goes on up to there first, also while catching up: timers
        // fire in the same order as if the rules had never been behind.
        TickIfDue(FirstTimeOf(frame) - _options.Allowance);
        lock (Gate)
        {
            foreach (var record in frame)
            {
                Take(record);
            }
        }

        if (frame.Position < _endAtStart)
        {
            _lastBeforeStart = Instant.Later(_lastBeforeStart, _host.LastRecorded);
        }

        Volatile.Write(ref _lastRecorded, _host.LastRecorded.UnixMilliseconds);
        Append(frame.Next, tick: null);
        LetViewersIn();
        return true;
    }

    /// <summary>Consumes all there is, then tells the rules the time.</summary>
    public void ConsumeAll(CancellationToken cancellation)
    {
        // Taken before the last look: what was committed before this moment will have been consumed.
        Instant now;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            now = Instant.Now(_clock);
            SaveCheckpointIfDue(now);
        }
        while (TryConsumeFrame());

        if (!_consumer.StoodStill)
        {
            // While the rules are paused their time stands still too: what is in the log comes first.
            TickIfDue(now - _options.Allowance);
        }
    }

    /// <summary>Closes the consumer.</summary>
    public void Dispose() => _consumer.Dispose();

    private static Instant FirstTimeOf(LogFrame frame)
    {
        foreach (var record in frame)
        {
            return new Instant(record.TimeUnixMilliseconds);
        }

        throw new InvalidOperationException("A frame without a wanted record was delivered.");
    }

    private void Take(in LogRecord record)
    {
        _output.Begin(record.Position, new Instant(record.TimeUnixMilliseconds));

        // What the host has no use for only moves its time.
        _host.Apply(record, _output);
        switch (record.Kind)
        {
            case RecordKind.Acknowledgement:
                TakeAcknowledgement(record);
                break;
            case RecordKind.Order:
                TakeOrder(record);
                break;
            case RecordKind.Damage:
                TellDamage(DamageRecord.Read(record.Body), new Instant(record.TimeUnixMilliseconds));
                break;
            case RecordKind.Admission:
                TellAdmission(AdmissionRecord.Read(record.Body), new Instant(record.TimeUnixMilliseconds));
                break;
            case RecordKind.SinkTrouble:
                TellSink(SinkTroubleRecord.Read(record.Body), new Instant(record.TimeUnixMilliseconds));
                break;
            case RecordKind.Clock:
                TellClock(ClockRecord.Read(record.Body), new Instant(record.TimeUnixMilliseconds));
                break;
            case RecordKind.RuleSet:
                TellRuleFiles(RuleSetRecord.Read(record.Body), new Instant(record.TimeUnixMilliseconds));
                break;
            default:
                NoteConsumed(record);
                break;
        }
    }

    private void TickIfDue(Instant time)
    {
        if (_host.LastTick != Instant.MinValue && time - _host.LastTick < _options.TickInterval)
        {
            return;
        }

        // Where the reader stands: all inputs before it were consumed, and a later one will be found behind it.
        var input = _consumer.Position;
        var kind = TickKind.Time;
        bool hasChanged;
        lock (Gate)
        {
            _output.Begin(input, time);
            hasChanged = _host.Advance(time, _output);
            if (_host.IsSilenceDue(time))
            {
                kind = TickKind.Silence;
                _host.TellSilence(time, _output);
            }

            TellNotFollowed(time);

            // After the rules: what is over at this time calls nobody any more.
            _output.FireDue(time);
        }

        // Also one that changed something without a word (a value went out of date, patients came under new rules): what follows rests on it, and a
        // restart sees the recorded ticks only.
        if (!_output.IsEmpty || hasChanged || kind == TickKind.Silence)
        {
            Append(input, new TickRecord(time, input, kind));
        }
    }

    /// <summary>Appends what has come of the inputs before <paramref name="next"/>, with the cursor; the cursor alone rides along.</summary>
    private void Append(LogPosition next, TickRecord? tick)
    {
        if (_output.IsEmpty && tick is null)
        {
            _consumer.Advance(next);
        }
        else
        {
            var changed = _output.HasEvents;

            // Nobody waits for a tick without a word, and whatever rests on it stands behind it in the log.
            var urgency = _output.IsEmpty ? Urgency.RideAlong : Urgency.Now;
            _batch.Clear();
            _output.MoveTo(_batch, tick);
            _newestCommit = _consumer.Advance(next, _batch, urgency);
            _lastCommit = urgency == Urgency.Now ? _newestCommit : _lastCommit;
            if (changed)
            {
                AlertsChanged?.Invoke();
            }
        }

        if (_answers.Count + _orderAnswers.Count + _consumed.Count > 0)
        {
            // Before they are told: who then looks sees what he has done.
            Interlocked.Increment(ref Answers);
        }

        AnswerPeople();
        TellConsumed();
    }

    private void ReachEnd(Instant now)
    {
        Volatile.Write(ref _caughtUp, now.UnixMilliseconds);
        if (!IsComplete)
        {
            CompleteStart(now);
        }
    }

    /// <summary>A lock is not fair: a processor that is catching up would keep those who show the state waiting.</summary>
    private void LetViewersIn()
    {
        const int PatienceMilliseconds = 5;
        if (Volatile.Read(ref Viewers) > 0)
        {
            SpinWait.SpinUntil(() => Volatile.Read(ref Viewers) == 0, PatienceMilliseconds);
        }
    }
}
