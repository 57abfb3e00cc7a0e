using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>Where the outputs of the <see cref="RuleHost"/> go: to the ledger, or nowhere while inputs are fed again after a restart.</summary>
internal interface IHostOutput
{
    /// <summary>An alert entered another state.</summary>
    void Transition(AlertTransition transition, AlertPlace place, string ruleSet);

    /// <summary>Another rule set comes into force: what the engine says of it follows.</summary>
    void Follow(RuleSet rules, Instant time);

    /// <summary>A patient has gone: all alerts end, latched or not.</summary>
    void EndAll(string patient, Instant time, string reason);

    /// <summary>The engine no longer knows the patient's alerts.</summary>
    void Orphan(string patient, Instant time, string reason);

    /// <summary>A patient lies elsewhere.</summary>
    void Move(string patient, AlertPlace place, Instant time);

    /// <summary>A device's clock was found to be off by something else than before; it holds once the record of it is read back.</summary>
    void ClockOffset(string device, TimeSpan offset);

    /// <summary>The record could not be used.</summary>
    void DeadLetter(in LogRecord record, string reason);
}
