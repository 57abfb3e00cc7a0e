namespace IoTGateway.Rules.Scenarios;

/// <summary>Holds what was expected of an alert against what happened.</summary>
internal static class ExpectationCheck
{
    /// <summary>Null if it was met; else what happened instead, and around which moment to look.</summary>
    /// <param name="expectation">What was expected.</param>
    /// <param name="history">What became of the alert.</param>
    /// <param name="end">The end of the scenario.</param>
    public static (string Found, TimeSpan At)? Miss(Expectation expectation, AlertHistory history, TimeSpan end)
    {
        var to = expectation.To ?? end;
        var last = expectation.IsToExcluded ? to - TimeSpan.FromMilliseconds(1) : to;
        return expectation.Kind switch
        {
            ExpectationKind.Raised => MissedEvent(expectation, [.. history.Raises(expectation.Priority)], "raised", last, history),
            ExpectationKind.Cleared => MissedEvent(expectation, [.. history.Clears()], "cleared", last, history),
            ExpectationKind.Escalated => MissedEvent(expectation, [.. history.Escalations(expectation.Notify, end)], "escalated", last, history),
            ExpectationKind.Rearmed => MissedEvent(expectation, [.. history.Rearms()], "re-alarmed", last, history),
            ExpectationKind.Never => MissedSpan(
                expectation, history.Within(expectation.From, last), moment => !moment.Stands || (expectation.Priority is { } priority && moment.Priority != priority)),
            ExpectationKind.NotActive => MissedSpan(expectation, history.Between(expectation.From, last), moment => !moment.Stands),
            ExpectationKind.Active => MissedSpan(
                expectation, history.Between(expectation.From, last), moment => moment.IsRaised && MarksFit(expectation, moment)),
            ExpectationKind.Latched => MissedSpan(
                expectation, history.Between(expectation.From, last), moment => moment.State == AlertState.Latched && MarksFit(expectation, moment)),
            _ => MissedSpan(
                expectation, history.Between(expectation.From, last), moment => moment.State == AlertState.Pending && MarksFit(expectation, moment)),
        };
    }

    /// <summary>What was expected, in words.</summary>
    public static string InWords(Expectation expectation)
    {
        var at = expectation.Priority is { } priority ? $" at {priority.ToString().ToLowerInvariant()}" : "";
        var (from, to) = (ScenarioTime.Format(expectation.From), expectation.To is { } end ? ScenarioTime.Format(end) : "the end");
        var span = expectation.From == expectation.To ? $"at {from}" : $"from {from} to {to}";
        var marks = Mark(expectation.Unverified, "unverified") + Mark(expectation.Suppressed, "suppressed") + Mark(expectation.Told, "told")
            + (expectation.OfKind is { } kind ? $", {kind.ToString().ToLowerInvariant()}" : "")
            + (expectation.Message is { } message ? $", with the message \"{message}\"" : "");
        var name = $"`{expectation.Rule.Name}`";
        return expectation.Kind switch
        {
            ExpectationKind.Raised => $"{name} to be raised{at} {span}{marks}",
            ExpectationKind.Never => $"{name} never to be raised{at} {(expectation.IsToExcluded ? $"from {from} and before {to}" : span)}",
            ExpectationKind.Cleared => $"{name} to be cleared {span}",
            ExpectationKind.Escalated => $"{name} to be escalated to {expectation.Notify} {span}",
            ExpectationKind.Rearmed => $"{name} to call again after an acknowledgement {span}",
            ExpectationKind.Active => $"{name} to be active{at} {span}{marks}",
            ExpectationKind.Latched => $"{name} to be latched{at} {span}",
            ExpectationKind.NotActive => $"{name} not to be active {span}",
            _ => $"{name} to be pending{at} {span}",
        };
    }

    private static string Mark(bool? wanted, string mark) => wanted switch
    {
        true => $", {mark}",
        false => $", not {mark}",
        null => "",
    };

    private static bool MarksFit(Expectation expectation, AlertMoment moment) =>
        (expectation.Priority is not { } priority || moment.Priority == priority)
        && (expectation.Unverified is not { } unverified || moment.Unverified == unverified)
        && (expectation.Suppressed is not { } suppressed || moment.SuppressedBy.Length > 0 == suppressed)
        && Unseen(expectation, moment).Length == 0;

    /// <summary>What does not fit and is not seen in the state: whether people were told, the kind, the message.</summary>
    private static string Unseen(Expectation expectation, AlertMoment moment) =>
        (expectation.Told is not { } told || moment.IsTold == told ? "" : moment.IsTold ? ", and people were told" : ", and nobody was told")
        + (expectation.OfKind is not { } kind || expectation.Rule.Kind == kind ? "" : $", of the kind {expectation.Rule.Kind.ToString().ToLowerInvariant()}")
        + (expectation.Message is not { } message || moment.Message == message ? "" : $", with the message \"{moment.Message}\"");

    private static (string, TimeSpan)? MissedEvent(Expectation expectation, List<AlertMoment> moments, string what, TimeSpan last, AlertHistory history)
    {
        var inTime = moments.Where(moment => moment.Time >= expectation.From && moment.Time <= last).ToList();
        if (inTime.Exists(moment => MarksFit(expectation, moment)))
        {
            return null;
        }

        if (inTime.Count > 0)
        {
            return ($"it was {what} at {ScenarioTime.Format(inTime[0].Time)}, but {inTime[0]}{Unseen(expectation, inTime[0])}", inTime[0].Time);
        }

        if (moments.Count > 0)
        {
            var nearest = moments.MinBy(moment => (moment.Time - expectation.From).Duration())!;
            return ($"it was {what} at {string.Join(", ", moments.Take(5).Select(moment => ScenarioTime.Format(moment.Time)))}", nearest.Time);
        }

        // Where the expectation names no moment, the last one at which anything happened to the alert is the one to look at.
        var near = history.Moments.LastOrDefault(moment => moment.Time <= last && moment.State != AlertState.Ended);
        return ($"it was never {what}{WhyNever(expectation, history)}", expectation.From == TimeSpan.Zero && near is not null ? near.Time : expectation.From);
    }

    /// <summary>What it came to where it never was what is expected.</summary>
    private static string WhyNever(Expectation expectation, AlertHistory history)
    {
        var raised = history.Moments.FirstOrDefault(moment => moment.IsRaised);
        if (raised is null || expectation.Kind == ExpectationKind.Raised)
        {
            var pending = history.Moments.FirstOrDefault(moment => moment.State == AlertState.Pending);
            var never = expectation.Kind == ExpectationKind.Raised ? "" : "; it was never raised";
            return pending is null ? never : $"{never}; it was pending from {ScenarioTime.Format(pending.Time)}";
        }

        if (expectation.Kind == ExpectationKind.Escalated)
        {
            var acknowledged = history.Moments.FirstOrDefault(moment => moment.Acknowledged);
            return acknowledged is not null ? $"; it was acknowledged at {ScenarioTime.Format(acknowledged.Time)}"
                : history.Moments.All(moment => moment.CallsSince is null) ? "; nobody was told of it"
                : $"; it was raised at {ScenarioTime.Format(raised.Time)}";
        }

        var stands = history.Moments[^1];
        return stands.State == AlertState.Latched
            ? $"; it was latched from {ScenarioTime.Format(stands.Time)}, and nobody acknowledged it"
            : $"; it was {stands} from {ScenarioTime.Format(stands.Time)}";
    }

    private static (string, TimeSpan)? MissedSpan(Expectation expectation, IEnumerable<AlertMoment> moments, Func<AlertMoment, bool> fits)
    {
        if (moments.FirstOrDefault(moment => !fits(moment)) is not { } wrong)
        {
            return null;
        }

        var time = wrong.Time > expectation.From ? wrong.Time : expectation.From;
        var state = wrong.State == AlertState.Ended ? "it did not stand" : $"it was {wrong}{Unseen(expectation, wrong)}";
        return ($"{state} at {ScenarioTime.Format(time)}", time);
    }
}
