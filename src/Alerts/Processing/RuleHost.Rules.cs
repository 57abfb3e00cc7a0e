using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Decoding;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>Rule sets: the last good one stays in force.</content>
internal sealed partial class RuleHost
{
    private void ApplyRuleSet(in LogRecord record, IHostOutput output)
    {
        var read = RuleSetRecord.Read(record.Body);
        if (read.IsInForce)
        {
            Load(read, new Instant(record.TimeUnixMilliseconds), output);
        }
    }

    /// <summary>What the engine says when other rules come into force now, and the limits set at the bedside end that these do not let be. For a host that is of no use afterwards: nothing else follows them.</summary>
    public IReadOnlyList<AlertTransition> Try(RuleSet rules)
    {
        var time = Instant.Later(LastTick, LastRecorded);
        _engine.Advance(time, _transitions);
        _transitions.Clear();
        _engine.Load(rules, time, _transitions);
        while (_engine.IsMigrating)
        {
            _engine.Advance(time, _transitions);
        }

        foreach (var patient in _patients.Values.Where(patient => patient.Handle != PatientState.NoHandle && patient.Care.Limits.Any(limit => limit.WhyEndedBy(rules) is not null)))
        {
            patient.Care = patient.Care with { Limits = patient.Care.Limits.RemoveAll(limit => limit.WhyEndedBy(rules) is not null) };
            _engine.SetPatient(patient.Profile, time, _transitions);
        }

        return _transitions;
    }

    /// <summary>Why an alert of a patient is or is not raised; null if there is no such patient, or the rules have no such alert.</summary>
    public Explanation? Explain(string patient, string alert) => _engine.Rules is null ? null : _engine.Explain(patient, alert);

    /// <summary>Puts a rule set into force; one that this version of the gateway does not accept changes nothing.</summary>
    public void Load(RuleSetRecord record, Instant time, IHostOutput output)
    {
        if (Compile(record, out var refused) is not { } rules)
        {
            RulesRefused = refused;
            return;
        }

        RulesRefused = null;
        if (_engine.Rules is not null)
        {
            // What is due by now is due under the rules before: it is told before the alerts follow the new ones.
            _engine.Advance(time, _transitions);
            Flush(output);
        }

        output.Follow(rules, time);
        _engine.Load(rules, time, _transitions);

        // The first patients come under the rules at once: only where there are very many are there any left for the ticks.
        _engine.Advance(time, _transitions);
        Flush(output);
        TakeUse(rules);
        foreach (var device in _devices.Values)
        {
            TellAnew(device);
        }

        foreach (var patient in _patients.Values.OrderBy(patient => patient.Key, StringComparer.Ordinal).ToArray())
        {
            if (patient.Quarantine is not null)
            {
                // Other rules may not run into the same error. If they do, the next reading says so.
                patient.Quarantine = null;
                Admit(patient, time, output);
                if (patient.Quarantine is null)
                {
                    var ended = OfRulesStopped(patient, AlertState.Ended, time, "other rules came into force");
                    output.Transition(ended, patient.Place, RuleSetVersion);
                }
            }
            else if (patient.Handle == PatientState.NoHandle)
            {
                Admit(patient, time, output);
            }
        }
    }

    /// <summary>Compiles a recorded rule set; null, with the reason, if this version of the gateway does not accept it.</summary>
    public static RuleSet? Compile(RuleSetRecord record, out string refused)
    {
        var result = RuleSetLoader.Load(record.Files);
        refused = result.Rules is null
            ? "The recorded rule set is not accepted by this version: "
                + (result.Diagnostics.FirstOrDefault(diagnostic => diagnostic.IsError) is { } error ? $"{error.File}:{error.Line}: {error.Message}" : "unknown error")
            : "";
        return result.Rules;
    }

    private void TakeUse(RuleSet rules) => _decoder = new ReadingDecoder(rules.Catalogue);
}
