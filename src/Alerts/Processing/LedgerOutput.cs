using System.Buffers;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Queue;
using IoTGateway.Queue.Records;
using IoTGateway.Readings;
using IoTGateway.Readings.Clocks;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>Turns the host's outputs into alert events through the ledger, and gathers what one append has to hold.</summary>
internal sealed partial class LedgerOutput : IHostOutput
{
    private readonly AlertLedger _ledger;
    private readonly CareLedger _care;
    private readonly AlertPolicies _policies;
    private readonly int _deadLetterBytesAtMost;
    private readonly List<AlertEvent> _events = [];
    private readonly List<CareEvent> _careEvents = [];
    private readonly List<byte[]> _deadLetters = [];
    private readonly List<byte[]> _clockOffsets = [];
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private int _deadLetterBytes;
    private LogPosition _input;
    private Instant _recorded;

    public LedgerOutput(AlertLedger ledger, CareLedger care, int deadLetterBytesAtMost)
    {
        _ledger = ledger;
        _care = care;
        _policies = new AlertPolicies(patient => care.Of(patient).Hold);
        _deadLetterBytesAtMost = deadLetterBytesAtMost;
    }

    /// <summary>Whether there is something that people see.</summary>
    public bool HasEvents => _events.Count > 0 || _careEvents.Count > 0;

    public bool IsEmpty => _events.Count == 0 && _careEvents.Count == 0 && _deadLetters.Count == 0 && _clockOffsets.Count == 0;

    /// <summary>What comes from now on comes from this input.</summary>
    public void Begin(LogPosition input, Instant recorded)
    {
        _input = input;
        _recorded = recorded;
    }

    public void Transition(AlertTransition transition, AlertPlace place, string ruleSet)
    {
        BreakPauseBy(transition, place, ruleSet);
        _ledger.Take(transition, place, Context(ruleSet), _events);
    }

    public void Follow(RuleSet rules, Instant time)
    {
        _ruleSet = rules.Version;
        _policies.Follow(rules.Rules);
        _ledger.FollowRules(rules.Rules, time, Context(rules.Version), _events);
        FollowCare(rules, time);
    }

    public void EndAll(string patient, Instant time, string reason)
    {
        _ledger.EndAll(patient, time, reason, Context(""), _events);
        _care.Discharge(patient, Cause(patient, time, "", reason), _careEvents);
    }

    public void Orphan(string patient, Instant time, string reason) => _ledger.Orphan(patient, time, reason, Context(""), _events);

    public void Move(string patient, AlertPlace place, Instant time) => _ledger.Move(patient, place, time, Context(""), _events);

    public AcknowledgeResult Acknowledge(string patient, string slug, string episode, SeenState? seen, Acknowledgement acknowledgement) =>
        _ledger.Acknowledge(patient, slug, episode, seen, acknowledgement, Context(""), _events);

    public void ClockOffset(string device, TimeSpan offset) => _clockOffsets.Add(new ClockOffsetRecord(device, offset).Write());

    public void DeadLetter(in LogRecord record, string reason)
    {
        _buffer.ResetWrittenCount();
        if (_deadLetterBytes + record.Body.Length > _deadLetterBytesAtMost)
        {
            // One append has to stay of a size the log takes; the record itself still stands in the log at the position that is named.
            DeadLetterRecord.Write(_buffer, WithoutBody(record), reason + " (The record's body is left out here.)");
        }
        else
        {
            DeadLetterRecord.Write(_buffer, record, reason);
            _deadLetterBytes += record.Body.Length;
        }

        _deadLetters.Add(_buffer.WrittenSpan.ToArray());
    }

    /// <summary>Moves everything gathered into the batch of one append, behind the tick that caused it, if one did.</summary>
    public void MoveTo(LogBatch batch, TickRecord? tick)
    {
        if (tick is { } caused)
        {
            batch.Add(RecordKind.Tick, topic: null, caused.Write());
        }

        foreach (var happened in _events)
        {
            batch.Add(RecordKind.AlertEvent, AlertTopics.Events(happened.Status.Ward, happened.Status.Patient), AlertEventRecord.Write(happened));
        }

        foreach (var happened in _careEvents)
        {
            batch.Add(RecordKind.Care, CareRecord.TopicOf(happened.Patient), CareRecord.Write(happened));
        }

        foreach (var deadLetter in _deadLetters)
        {
            batch.Add(RecordKind.DeadLetter, DeadLetterRecord.TopicOf(AlertProcessor.ConsumerName), deadLetter);
        }

        foreach (var clockOffset in _clockOffsets)
        {
            batch.Add(RecordKind.ClockOffset, topic: null, clockOffset);
        }

        _events.Clear();
        _careEvents.Clear();
        _clockOffsets.Clear();
        _deadLetters.Clear();
        _deadLetterBytes = 0;
    }

    private AlertContext Context(string ruleSet) => new(_input, _recorded, ruleSet) { Policies = _policies };

    private static LogRecord WithoutBody(in LogRecord record) => new()
    {
        Position = record.Position,
        Kind = record.Kind,
        Topic = record.Topic,
        Sequence = record.Sequence,
        TimeUnixMilliseconds = record.TimeUnixMilliseconds,
        Body = [],
    };
}
