namespace IoTGateway.Rules.Scenarios;

/// <summary>What became of one alert in the course of a scenario.</summary>
internal sealed class AlertHistory
{
    private readonly List<AlertMoment> _moments = [AlertMoment.Nothing];

    /// <summary>Every moment at which something changed, in order; the first one is the beginning.</summary>
    public IReadOnlyList<AlertMoment> Moments => _moments;

    /// <summary>Adds what the engine told.</summary>
    public void Add(AlertTransition transition) => _moments.Add(new AlertMoment(
        ScenarioTime.Of(transition.Time), transition.State, transition.Priority, transition.Unverified, transition.SuppressedBy));

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

    /// <summary>The moments at which it ended, having been raised.</summary>
    public IEnumerable<AlertMoment> Clears() => Steps(moment => !moment.IsRaised).Where(moment => moment.State == AlertState.Ended);

    /// <summary>The moments from which on something holds that did not hold before.</summary>
    private IEnumerable<AlertMoment> Steps(Func<AlertMoment, bool> holds) =>
        _moments.Zip(_moments.Skip(1)).Where(pair => holds(pair.Second) && !holds(pair.First)).Select(pair => pair.Second);
}
