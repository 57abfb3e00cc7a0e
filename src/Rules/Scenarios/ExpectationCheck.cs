namespace IoTGateway.Rules.Scenarios;

/// <summary>Holds what was expected against what happened.</summary>
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
            ExpectationKind.Never => MissedSpan(
                expectation, history.Within(expectation.From, last), moment => !moment.IsRaised || (expectation.Priority is { } priority && moment.Priority != priority)),
            ExpectationKind.NotActive => MissedSpan(expectation, history.Between(expectation.From, last), moment => !moment.IsRaised),
            ExpectationKind.Active => MissedSpan(
                expectation, history.Between(expectation.From, last), moment => moment.IsRaised && MarksFit(expectation, moment)),
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
        var marks = Mark(expectation.Unverified, "unverified") + Mark(expectation.Suppressed, "suppressed");
        var name = $"`{expectation.Rule.Name}`";
        return expectation.Kind switch
        {
            ExpectationKind.Raised => $"{name} to be raised{at} {span}{marks}",
            ExpectationKind.Never => $"{name} never to be raised{at} {(expectation.IsToExcluded ? $"from {from} and before {to}" : span)}",
            ExpectationKind.Cleared => $"{name} to be cleared {span}",
            ExpectationKind.Active => $"{name} to be active{at} {span}{marks}",
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
        && (expectation.Suppressed is not { } suppressed || moment.SuppressedBy.Length > 0 == suppressed);

    private static (string, TimeSpan)? MissedEvent(Expectation expectation, List<AlertMoment> moments, string what, TimeSpan last, AlertHistory history)
    {
        var inTime = moments.Where(moment => moment.Time >= expectation.From && moment.Time <= last).ToList();
        if (inTime.Exists(moment => MarksFit(expectation, moment)))
        {
            return null;
        }

        if (inTime.Count > 0)
        {
            return ($"it was {what} at {ScenarioTime.Format(inTime[0].Time)}, but {inTime[0]}", inTime[0].Time);
        }

        if (moments.Count > 0)
        {
            var nearest = moments.MinBy(moment => (moment.Time - expectation.From).Duration())!;
            return ($"it was {what} at {string.Join(", ", moments.Take(5).Select(moment => ScenarioTime.Format(moment.Time)))}", nearest.Time);
        }

        var pending = history.Moments.FirstOrDefault(moment => moment.State == AlertState.Pending);
        return (
            $"it was never {what}" + (what == "raised" && pending is not null ? $"; it was pending from {ScenarioTime.Format(pending.Time)}" : ""),
            expectation.From == TimeSpan.Zero && pending is not null ? pending.Time : expectation.From);
    }

    private static (string, TimeSpan)? MissedSpan(Expectation expectation, IEnumerable<AlertMoment> moments, Func<AlertMoment, bool> fits)
    {
        if (moments.FirstOrDefault(moment => !fits(moment)) is not { } wrong)
        {
            return null;
        }

        var time = wrong.Time > expectation.From ? wrong.Time : expectation.From;
        var state = wrong.State == AlertState.Ended ? "it did not stand" : $"it was {wrong}";
        return ($"{state} at {ScenarioTime.Format(time)}", time);
    }
}
