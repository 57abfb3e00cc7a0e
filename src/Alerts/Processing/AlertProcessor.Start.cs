using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>The moment at which the past has been consumed and the present begins.</content>
internal sealed partial class AlertProcessor
{
    /// <summary>
    /// Everything from before the start is consumed. What follows was received by this run: nothing counts as missing for the time in which
    /// nobody listened, and one technical alert says that there was such a time.
    /// </summary>
    private void CompleteStart(Instant now)
    {
        IsComplete = true;
        AlertsLog.CaughtUp(_log);
        AlertsChanged?.Invoke(); // Who shows the alerts can say at once that they are complete.
        if (_lastBeforeStart == Instant.MinValue)
        {
            return;
        }

        var input = _consumer.Position;
        lock (Gate)
        {
            _output.Begin(input, now);
            _host.ListenAgain(now);
            if (_started - _lastBeforeStart > _options.OutageAfter)
            {
                TellOutage();
            }
        }

        Append(input, new TickRecord(now, input, TickKind.ListensAgain));
    }

    /// <summary>It is over when it is told, so it ends at once; it stays in the record of transitions.</summary>
    private void TellOutage()
    {
        var place = new AlertPlace(BuiltInAlerts.Gateway, "");
        var words = $"The gateway took no readings from {_lastBeforeStart} to {_started}";
        var raised = new AlertTransition
        {
            Patient = BuiltInAlerts.Gateway,
            Rule = BuiltInAlerts.Outage,
            State = AlertState.Active,
            Priority = BuiltInAlerts.Outage.Priority,
            Time = _started,
            Since = _lastBeforeStart,
            Value = "",
            Limit = "",
            Message = words + ".",
            Reason = words + ": it was down, or nothing arrived before it stopped.",
            Unverified = false,
        };
        _output.Transition(raised, place, "");
        _output.Transition(raised with { State = AlertState.Ended, Reason = "the gateway is up again" }, place, "");
    }
}
