namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// What became of one alert in the course of a scenario, as people have it before them: the engine's transitions and the acknowledgements of the
/// scenario, put together as the alert ledger of the gateway does it (a test holds the two against each other).
/// </summary>
/// <param name="rule">The alert's rule.</param>
/// <param name="acknowledgements">When somebody acknowledges it, rising.</param>
internal sealed class AlertHistory(AlertRule rule, IReadOnlyList<TimeSpan> acknowledgements)
{
    private readonly List<AlertMoment> _moments = [AlertMoment.Nothing];
    private int _acknowledged;

    /// <summary>Every moment at which something changed, in order; the first one is the beginning.</summary>
    public IReadOnlyList<AlertMoment> Moments => _moments;

    /// <summary>The acknowledgements at which there was nothing to acknowledge.</summary>
    public List<TimeSpan> Vain { get; } = [];

    /// <summary>Adds what the engine told.</summary>
    public void Add(AlertTransition transition)
    {
        var time = ScenarioTime.Of(transition.Time);

        // What somebody does at a moment comes after everything that the rules make of that moment.
        PassTo(time - TimeSpan.FromMilliseconds(1));
        var before = _moments[^1];
        if (before.State == AlertState.Latched && transition.State is AlertState.Pending or AlertState.Ended)
        {
            return;
        }

        var isNew = before.State is AlertState.Ended or AlertState.Pending;
        var ended = transition.State == AlertState.Ended;
        var latches = ended && before.IsRaised && rule.Latch && !rule.Shadow && !before.Acknowledged;
        var acknowledged = !isNew && before.Acknowledged && transition.Priority <= before.Priority;
        Keep(new AlertMoment
        {
            Time = time,
            State = latches ? AlertState.Latched : transition.State,
            Priority = transition.Priority,
            Unverified = transition.Unverified,
            SuppressedBy = ended ? "" : transition.SuppressedBy,
            Shadow = rule.Shadow,
            Acknowledged = acknowledged,
            AcknowledgedAt = acknowledged ? before.AcknowledgedAt : default,
            Message = transition.Message,
        });
    }

    /// <summary>
    /// Time passes: whoever acknowledges the alert until then has done so, and what was acknowledged long enough ago calls again. That comes after
    /// everything that the rules make of its moment, and before what people do at it.
    /// </summary>
    public void PassTo(TimeSpan time)
    {
        for (; _acknowledged < acknowledgements.Count && acknowledgements[_acknowledged] <= time; _acknowledged++)
        {
            var at = acknowledgements[_acknowledged];
            RearmUntil(at);
            var before = _moments[^1];
            if (!before.Stands || before.Shadow || before.Acknowledged)
            {
                Vain.Add(at);
                continue;
            }

            Keep(before with { Time = at, Acknowledged = true, AcknowledgedAt = at, IsRearmed = false, State = before.State == AlertState.Latched ? AlertState.Ended : before.State });
        }

        RearmUntil(time);
    }

    /// <summary>The moments at which it began to call again although it was acknowledged.</summary>
    public IEnumerable<AlertMoment> Rearms() => _moments.Where(moment => moment.IsRearmed);

    /// <summary>What stands at a moment, everything that happens at that moment included.</summary>
    public AlertMoment At(TimeSpan time) => _moments.Last(moment => moment.Time <= time);

    /// <summary>What it came to at any moment of a span, however shortly; also what stands at the span's beginning.</summary>
    public IEnumerable<AlertMoment> Within(TimeSpan from, TimeSpan to) =>
        _moments.Where(moment => moment.Time >= from && moment.Time <= to).Prepend(At(from));

    /// <summary>What stands at the beginning of a span, and whatever it comes to later until the span's end.</summary>
    public IEnumerable<AlertMoment> Between(TimeSpan from, TimeSpan to) =>
        _moments.Where(moment => moment.Time > from && moment.Time <= to).Prepend(At(from));

    /// <summary>The moments at which it was raised or, with a priority, came to be raised at that level.</summary>
    public IEnumerable<AlertMoment> Raises(AlertPriority? priority = null) => Steps(moment => moment.IsRaised && (priority is null || moment.Priority == priority));

    /// <summary>The moments at which it was over for people too, having been raised.</summary>
    public IEnumerable<AlertMoment> Clears() => Steps(moment => !moment.Stands).Where(moment => moment.State == AlertState.Ended);

    /// <summary>
    /// The moments at which a stage of its escalation is reached: it has called people for that long without a pause. What is acknowledged, over or
    /// held back at that very moment is not escalated.
    /// </summary>
    /// <param name="notify">Who is told.</param>
    /// <param name="end">The end of the scenario.</param>
    public IEnumerable<AlertMoment> Escalations(string notify, TimeSpan end)
    {
        foreach (var since in _moments.Select(moment => moment.CallsSince).OfType<TimeSpan>().Distinct())
        {
            var until = _moments.SkipWhile(moment => moment.CallsSince != since).FirstOrDefault(moment => moment.CallsSince != since)?.Time;
            foreach (var stage in rule.Escalation.Where(stage => stage.Notify == notify))
            {
                var due = since + stage.After;
                if (due <= end && (until is null || due < until))
                {
                    yield return At(due) with { Time = due };
                }
            }
        }
    }

    /// <summary>Keeps a moment. An alert begins to call when it is active and told; it goes on until it is acknowledged, over or held back.</summary>
    private void Keep(AlertMoment moment)
    {
        var before = _moments[^1].CallsSince;
        var may = moment.Stands && moment.IsTold && !moment.Acknowledged;
        _moments.Add(moment with { CallsSince = !may ? null : before ?? (moment.State == AlertState.Active ? moment.Time : null) });
    }

    private void RearmUntil(TimeSpan time)
    {
        var before = _moments[^1];
        if (before is { Acknowledged: true, IsRaised: true } && rule.ReAlarmAfter is { } after && before.AcknowledgedAt + after <= time)
        {
            Keep(before with { Time = before.AcknowledgedAt + after, Acknowledged = false, AcknowledgedAt = default, IsRearmed = true });
        }
    }

    /// <summary>The moments from which on something holds that did not hold before.</summary>
    private IEnumerable<AlertMoment> Steps(Func<AlertMoment, bool> holds) =>
        _moments.Zip(_moments.Skip(1)).Where(pair => holds(pair.Second) && !holds(pair.First)).Select(pair => pair.Second);
}
