using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Processing;

/// <content>Orders around a patient: pauses, standby, limits, what came late.</content>
internal sealed partial class OrderDesk
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10)];
    private static readonly TimeSpan LeastStandby = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan MostStandby = TimeSpan.FromHours(12);
    private static readonly TimeSpan LeastLimit = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan MostLimit = TimeSpan.FromDays(7);

    private static OrderAnswer OfPatient(string key, RuleHost host, Func<PatientState, OrderAnswer> decide) =>
        host.FindPatient(key) is { } patient ? decide(patient) : NoPatient;

    private OrderAnswer Pause(PausePatient order, string by, Instant time)
    {
        if (!Pauses.Contains(order.For))
        {
            return Refused("A care pause is for 2, 5 or 10 min.");
        }

        if (care.Of(order.Patient).Standby is not null)
        {
            return Refused("The patient is on standby, so that no alert calls. End the standby first.");
        }

        if (ledger.AlertsOf(order.Patient).FirstOrDefault(output.BreaksPause) is { } breaking)
        {
            return Refused($"{breaking.Alert} is {AlertWords.Of(breaking.State)}, and ends every care pause. Look after the patient first.");
        }

        output.Pause(order.Patient, new CarePause(by, time, time + order.For));
        return Done($"The alerts of this patient call nobody for {OrderWords.Span(order.For)}, but for those that end the pause.");
    }

    private OrderAnswer Resume(ResumePatient order, string by, Instant time)
    {
        if (care.Of(order.Patient).Pause is null)
        {
            return Refused("There is no care pause of this patient.");
        }

        output.Resume(order.Patient, time, by, $"{by} ended the pause");
        return Done("The care pause is over.");
    }

    private OrderAnswer StandBy(StandBy order, string by, Instant time)
    {
        if (order.For < LeastStandby || order.For > MostStandby)
        {
            return Refused($"A standby is for {OrderWords.Span(LeastStandby)} to {OrderWords.Span(MostStandby)}.");
        }

        if (Reason(order.Reason) is not { } reason)
        {
            return Refused("Say where the patient is, or why no alert shall call.");
        }

        output.StandBy(order.Patient, new Standby(by, reason, time, time + order.For));
        return Done($"The patient is on standby for {OrderWords.Span(order.For)}: nothing is expected of the devices, and no alert calls.");
    }

    private OrderAnswer EndStandby(EndStandby order, string by, Instant time)
    {
        if (care.Of(order.Patient).Standby is null)
        {
            return Refused("The patient is not on standby.");
        }

        output.EndStandby(order.Patient, time, by, $"{by} ended the standby");
        return Done("The patient is back: alerts call again.");
    }

    private OrderAnswer SetLimit(SetLimit order, string by, Instant time, PatientState patient, RuleSet? rules)
    {
        if (rules is null)
        {
            return Refused("There are no valid rules, so there are no limits.");
        }

        if (rules.LimitsFor(patient.Profile).FirstOrDefault(limit => limit.Name == order.Limit) is not { } limit)
        {
            return NoLimit;
        }

        if (limit is not { Lowest: { } lowest, Highest: { } highest })
        {
            return Refused($"{limit.Name} cannot be set at the bedside: the rules allow no range for it.");
        }

        if (!(order.Value >= lowest && order.Value <= highest))
        {
            return Refused($"{limit.Name} can be set to {OrderWords.Number(lowest)} to {OrderWords.Number(highest)}, not to {OrderWords.Number(order.Value)}.");
        }

        if (order.For < LeastLimit || order.For > MostLimit)
        {
            return Refused($"A limit is set for {OrderWords.Span(LeastLimit)} to {OrderWords.Span(MostLimit)}.");
        }

        if (Reason(order.Reason) is not { } reason)
        {
            return Refused("Say why the limit is set.");
        }

        var words = $"{limit.Name} is {OrderWords.Number(order.Value)} in place of {OrderWords.Number(limit.FromFiles)} for {OrderWords.Span(order.For)}";
        output.SetLimit(order.Patient, new BedsideLimit(limit.Name, order.Value, by, reason, time, time + order.For), $"{words}: {reason}");
        return Done(words + ".");
    }

    private OrderAnswer ClearLimit(ClearLimit order, string by, Instant time)
    {
        if (!care.Of(order.Patient).Limits.Any(limit => limit.Limit == order.Limit))
        {
            return new OrderAnswer(OrderOutcome.Unknown, "No such limit was set at the bedside.");
        }

        output.EndLimit(order.Patient, order.Limit, time, by, $"{by} took it back");
        return Done($"{order.Limit} is again what the rule files say.");
    }

    private OrderAnswer NoteSeen(NoteSeen order, string by, Instant time, PatientState patient)
    {
        if (!patient.Late.IsShown)
        {
            return new OrderAnswer(OrderOutcome.Unknown, "Nothing came late that has not been seen.");
        }

        output.NoteSeen(order.Patient, time, by);
        return Done("What came late is marked as seen.");
    }
}
