using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Readings.Decoding;
using IoTGateway.Rules;
using Microsoft.Extensions.Logging;

namespace IoTGateway.Alerts.Processing;

/// <summary>
/// The engine and everything it needs to be fed from log records: who is where, which device is whose, which patients there are.
/// Synchronous and pure: the same records and ticks in the same order give the same outputs. One owner at a time.
/// </summary>
internal sealed partial class RuleHost
{
    private readonly ILogger _log;
    private readonly int _ownPatientsAtMost;
    private readonly IRuleEngine _engine;
    private readonly CensusHistory _census;
    private readonly Dictionary<string, PatientState> _patients = new(StringComparer.Ordinal);
    private readonly Dictionary<string, DeviceState> _devices = new(StringComparer.Ordinal);
    private readonly List<AlertTransition> _transitions = [];
    private readonly Func<string, TimeSpan> _clockOffsetAtStart;
    private ReadingDecoder _decoder = new(ShippedRules.SignalCatalogue);
    private int _ownPatients;

    /// <summary>A host without patients.</summary>
    /// <param name="engine">An engine without rules.</param>
    /// <param name="census">Who was where before the first record; from here on owned by the host.</param>
    /// <param name="clockOffsetAtStart">What was known before the first record of the clock of a device.</param>
    /// <param name="ownPatientsAtMost">How many devices may be patients of their own.</param>
    /// <param name="log">Takes failures of the engine.</param>
    public RuleHost(IRuleEngine engine, CensusHistory census, Func<string, TimeSpan> clockOffsetAtStart, int ownPatientsAtMost, ILogger log)
    {
        _engine = engine;
        _census = census;
        _clockOffsetAtStart = clockOffsetAtStart;
        _ownPatientsAtMost = ownPatientsAtMost;
        _log = log;
    }

    /// <summary>The rule set in force; null while there is none.</summary>
    public RuleSet? Rules => _engine.Rules;

    /// <summary>Whether some patients still wait to be brought under the rules in force; each tick brings some more.</summary>
    public bool IsMigrating => _engine.IsMigrating;

    /// <summary>Why the last rule set of the log is not in force; null if it is.</summary>
    public string? RulesRefused { get; private set; }

    /// <summary>The time of the last tick, whether it changed something or not.</summary>
    public Instant LastTick { get; private set; } = Instant.MinValue;

    /// <summary>From when on the gateway listened after its last start.</summary>
    public Instant ListeningSince { get; private set; } = Instant.MinValue;

    /// <summary>When the newest record that was taken in was appended.</summary>
    public Instant LastRecorded { get; private set; } = Instant.MinValue;

    /// <summary>The census in force.</summary>
    public WardCensus Census => _census.Current;

    /// <summary>The censuses met so far, in the order of the log.</summary>
    public IReadOnlyList<CensusChange> CensusChanges => _census.Changes;

    /// <summary>All patients, in no order.</summary>
    public IEnumerable<PatientState> Patients => _patients.Values;

    /// <summary>The kinds of records that are inputs.</summary>
    public static RecordKinds InputKinds { get; } =
        RecordKinds.Of(
            RecordKind.Reading, RecordKind.Acknowledgement, RecordKind.Census, RecordKind.RuleSet, RecordKind.DeviceStatus, RecordKind.Damage, RecordKind.Admission,
            RecordKind.ClockOffset, RecordKind.Clock, RecordKind.Order, RecordKind.Care, RecordKind.Observation, RecordKind.SinkTrouble);

    /// <summary>Who was where, as known before a place of the log.</summary>
    public CensusHistory CensusBefore(LogPosition position) => _census.Before(position.Address);

    private string RuleSetVersion => _engine.Rules?.Version ?? "";

    public PatientState? FindPatient(string key) => _patients.GetValueOrDefault(key);

    public DeviceState? FindDevice(string name) => _devices.GetValueOrDefault(name);

    /// <summary>The newest values of a patient, for those who show them.</summary>
    public IReadOnlyList<LatestValue> LatestValues(string patient) => _engine.Rules is null ? [] : _engine.LatestValues(patient);

    /// <summary>The scores of a patient, for those who show them.</summary>
    public IReadOnlyList<LatestScore> LatestScores(string patient) => _engine.Rules is null ? [] : _engine.LatestScores(patient);

    /// <summary>Takes in a record. Kinds it has no use for are passed over.</summary>
    public void Apply(in LogRecord record, IHostOutput output)
    {
        LastRecorded = Instant.Later(LastRecorded, new Instant(record.TimeUnixMilliseconds));
        switch (record.Kind)
        {
            case RecordKind.Reading:
                ApplyReading(record, output);
                break;
            case RecordKind.DeviceStatus:
                ApplyDeviceStatus(record, output);
                break;
            case RecordKind.Census:
                ApplyCensus(record, output);
                break;
            case RecordKind.RuleSet:
                ApplyRuleSet(record, output);
                break;
            case RecordKind.ClockOffset:
                ApplyClockOffset(record, output);
                break;
            case RecordKind.Care:
                ApplyCare(record, output);
                break;
            case RecordKind.Observation:
                ApplyObservation(record, output);
                break;
        }
    }

    /// <summary>Time passes: fires the timers due up to and including <paramref name="time"/>. A time that is not later than the last one is passed over.</summary>
    /// <returns>Whether anything has changed, told or not; such a tick has to be recorded.</returns>
    public bool Advance(Instant time, IHostOutput output)
    {
        if (time <= LastTick || _engine.Rules is null)
        {
            return false;
        }

        LastTick = time;
        var hasChanged = _engine.Advance(time, _transitions);
        Flush(output);
        return hasChanged;
    }

    /// <summary>After a time in which nobody listened, missing readings count from here on.</summary>
    public void ListenAgain(Instant time)
    {
        ListeningSince = Instant.Later(ListeningSince, time);
        if (_engine.Rules is not null)
        {
            _engine.WaitAnew(time);
        }
    }

    /// <summary>Hands out what the engine has said.</summary>
    private void Flush(IHostOutput output)
    {
        foreach (var transition in _transitions)
        {
            var place = _patients.TryGetValue(transition.Patient, out var patient) ? patient.Place : new AlertPlace(Assignment.UnassignedWard, "");
            output.Transition(transition, place, RuleSetVersion);
        }

        _transitions.Clear();
    }

    /// <summary>Runs the engine for one patient. When it fails, the rules stop for this patient and say so; everybody else goes on.</summary>
    private void Guard(PatientState patient, Instant time, IHostOutput output, Action action)
    {
        try
        {
            action();
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            _transitions.Clear();
            QuarantinePatient(patient, time, failure, output);
            return;
        }

        Flush(output);
    }

    private void QuarantinePatient(PatientState patient, Instant time, Exception failure, IHostOutput output)
    {
        patient.Quarantine = failure.GetType().Name;
        patient.Handle = PatientState.NoHandle;
        AlertsLog.PatientQuarantined(_log, patient.Place.Ward, patient.Place.Bed, patient.Quarantine, failure.StackTrace ?? "");
        try
        {
            // Its state is not to be trusted and its timers must not fire; what it says at that is of no use either.
            _engine.RemovePatient(patient.Key, time, "the rules stopped for this patient", _transitions);
        }
        catch (Exception second) when (second is not OutOfMemoryException)
        {
            AlertsLog.PatientNotRemoved(_log, patient.Place.Ward, patient.Place.Bed, second.GetType().Name);
        }

        _transitions.Clear();
        output.Orphan(patient.Key, time, "the rules stopped for this patient; the alert is no longer evaluated");
        var raised = OfRulesStopped(patient, AlertState.Active, time, "An error in the rules engine; the patient's values are not evaluated any more.");
        output.Transition(raised, patient.Place, RuleSetVersion);
    }

    private static AlertTransition OfRulesStopped(PatientState patient, AlertState state, Instant time, string reason) => new()
    {
        Patient = patient.Key,
        Rule = BuiltInAlerts.RulesStopped,
        State = state,
        Priority = BuiltInAlerts.RulesStopped.Priority,
        Time = time,
        Since = time,
        Value = "",
        Limit = "",
        Message = "Nobody is warned of this patient's values. Look at the bedside monitor and call the operator.",
        Reason = reason,
        Unverified = false,
    };
}
