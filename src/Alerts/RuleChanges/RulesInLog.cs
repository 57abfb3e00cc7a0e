using IoTGateway.Alerts.Processing;
using IoTGateway.Queue;
using IoTGateway.Queue.Files;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts;

/// <summary>The rules as they stand in the log of a stopped or running gateway, looked at without a lock: nothing is changed, and nobody waits.</summary>
public sealed class RulesInLog
{
    private readonly AlertLedger _ledger;
    private readonly CareLedger _care;
    private readonly HostReader _reader;

    private RulesInLog(
        LogSnapshot log, AlertLedger ledger, CareLedger care, RuleSetProjection ruleSets, CensusProjection census, ClockOffsetProjection clockOffsets, Func<IRuleEngine> createEngine)
    {
        _ledger = ledger;
        _care = care;
        History = ruleSets.History;
        _reader = new HostReader(LogView.Of(log), ruleSets.History, position => census.History.Before(position.Address), clockOffsets.History, createEngine);
    }

    /// <summary>The steps of the rule sets.</summary>
    public RuleSetHistory History { get; }

    /// <summary>Looks at the log of a directory.</summary>
    /// <param name="logDirectory">Where the log is.</param>
    /// <param name="disk">The door to the file system.</param>
    /// <param name="createEngine">Makes an engine without rules.</param>
    /// <exception cref="DirectoryNotFoundException">There is no log there.</exception>
    public static RulesInLog Open(string logDirectory, IDisk disk, Func<IRuleEngine> createEngine)
    {
        ArgumentNullException.ThrowIfNull(createEngine);
        var (ledger, care, ruleSets, census, clockOffsets) = (new AlertLedger(), new CareLedger(), new RuleSetProjection(), new CensusProjection(), new ClockOffsetProjection());
        return new RulesInLog(LogSnapshot.Open(logDirectory, disk, ledger, care, ruleSets, census, clockOffsets), ledger, care, ruleSets, census, clockOffsets, createEngine);
    }

    /// <summary>What a recorded set is when it is compiled now; null if this version of the gateway does not accept it.</summary>
    public static RuleSet? Compile(RuleSetRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return RuleHost.Compile(record, out _);
    }

    /// <summary>What a set would do to the live alerts; null where no rules are in force that it could be compared with.</summary>
    public RulePlan? Plan(RuleSet candidate)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return History.Last is { } last && RuleHost.Compile(last, out _) is { } before ? RulePlan.Make(_reader.Present(), before, candidate, _ledger.Alerts, _care.LastChanges) : null;
    }

    /// <summary>Why an alert of a patient is or is not raised; null if there is no such patient, or the rules have no such alert.</summary>
    /// <param name="patient">The patient's id.</param>
    /// <param name="alert">The alert's name or slug.</param>
    /// <param name="at">As of when; null: as of the last input.</param>
    /// <param name="isWhole">Whether the state is the one that was. Else the rules began anew at the oldest record that is kept.</param>
    public Explanation? Explain(string patient, string alert, Instant? at, out bool isWhole)
    {
        ArgumentNullException.ThrowIfNull(patient);
        ArgumentNullException.ThrowIfNull(alert);
        var host = at is { } time ? _reader.AsOf(time, out isWhole) : _reader.AsOfLastInput(out isWhole);
        return host.Explain(patient, alert);
    }
}
