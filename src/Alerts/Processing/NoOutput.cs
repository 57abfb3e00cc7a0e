using IoTGateway.Alerts.Ledger;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <summary>Discards what comes of inputs that were consumed before the restart: it stands in the log already.</summary>
internal sealed class NoOutput : IHostOutput
{
    public static readonly NoOutput Instance = new();

    public void Transition(AlertTransition transition, AlertPlace place, string ruleSet)
    {
    }

    public void Follow(RuleSet rules, Instant time)
    {
    }

    public void EndAll(string patient, Instant time, string reason)
    {
    }

    public void Orphan(string patient, Instant time, string reason)
    {
    }

    public void Move(string patient, AlertPlace place, Instant time)
    {
    }

    public void ClockOffset(string device, TimeSpan offset)
    {
    }

    public void DeadLetter(in LogRecord record, string reason)
    {
    }
}
