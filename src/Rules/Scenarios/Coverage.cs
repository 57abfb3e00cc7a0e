using System.Collections.Immutable;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// Collects what the scenarios of a rule set show. Whatever counts is expected by a scenario, and met: an alert that is raised in a scenario that
/// says nothing of it shows nothing.
/// </summary>
internal sealed class Coverage
{
    private readonly RuleSet _rules;
    private readonly HashSet<(CoverageKind Kind, string Name)> _shown = [];

    public Coverage(RuleSet rules)
    {
        _rules = rules;
        Limits = new LimitCoverage(rules);
        Scores = new ScoreCoverage(rules.Definition.Derived);
    }

    /// <summary>The limits.</summary>
    public LimitCoverage Limits { get; }

    /// <summary>The rows of the score tables.</summary>
    public ScoreCoverage Scores { get; }

    /// <summary>Adds an expectation that was met.</summary>
    /// <param name="expectation">The expectation.</param>
    /// <param name="history">What became of the alert.</param>
    public void Add(Expectation expectation, AlertHistory history)
    {
        var rule = expectation.Rule;
        switch (expectation.Kind)
        {
            case ExpectationKind.Raised or ExpectationKind.Active:
                AddRaised(expectation, history);
                break;
            case ExpectationKind.Cleared:
                Show(CoverageKind.Cleared, rule.Name);
                break;
            case ExpectationKind.Latched:
                Show(CoverageKind.Latch, rule.Name);
                break;
            case ExpectationKind.Escalated:
                foreach (var stage in rule.Escalation.Where(stage => stage.Notify == expectation.Notify))
                {
                    Show(CoverageKind.Escalation, NameOf(rule, stage));
                }

                break;
            default:
                // That an alert is not raised shows nothing of what happens when it is.
                break;
        }
    }

    /// <summary>Everything that ought to be shown, and whether it was.</summary>
    public ImmutableArray<CoverageItem> Items()
    {
        var rules = _rules.Rules;
        return
        [
            .. rules.Select(rule => Item(CoverageKind.Raised, rule.Name)),
            .. rules.SelectMany(rule => rule.Levels.Select(level => Item(CoverageKind.Level, NameOf(rule, level.Priority)))),
            .. rules.Select(rule => Item(CoverageKind.Cleared, rule.Name)),
            .. rules.Select(rule => Item(CoverageKind.Message, rule.Name)),
            .. rules.Where(rule => rule.Kind == AlertKind.Technical).Select(rule => Item(CoverageKind.Technical, rule.Name)),
            .. rules.Where(rule => rule.Latch && !rule.Shadow).Select(rule => Item(CoverageKind.Latch, rule.Name)),
            .. rules.Where(rule => !rule.Shadow).SelectMany(rule => rule.Escalation.Select(stage => Item(CoverageKind.Escalation, NameOf(rule, stage)))),
            .. rules.Where(rule => rule.Shadow).Select(rule => Item(CoverageKind.Shadow, rule.Name)),
            .. rules.SelectMany(rule => _rules.Definition.Rules[rule.Index].SuppressedBy.Select(by => Item(CoverageKind.HeldBack, NameOf(rule, rules[by].Name)))),
            .. Limits.Items(),
            .. Scores.Items(),
        ];
    }

    private void AddRaised(Expectation expectation, AlertHistory history)
    {
        var rule = expectation.Rule;
        Show(CoverageKind.Raised, rule.Name);
        if (expectation.Priority is { } priority)
        {
            Show(CoverageKind.Level, NameOf(rule, priority));
        }

        if (expectation.Message is not null)
        {
            Show(CoverageKind.Message, rule.Name);
        }

        if (expectation.OfKind == AlertKind.Technical)
        {
            Show(CoverageKind.Technical, rule.Name);
        }

        // Being active is asked of all of its time, a raise of a moment in it.
        var to = expectation.To ?? TimeSpan.MaxValue;
        var moments = expectation.Kind == ExpectationKind.Active
            ? history.Between(expectation.From, to)
            : history.Raises(expectation.Priority).Where(moment => moment.Time >= expectation.From && moment.Time <= to);
        foreach (var moment in moments)
        {
            if (moment.SuppressedBy.Length > 0 && expectation.Suppressed == true)
            {
                Show(CoverageKind.HeldBack, NameOf(rule, moment.SuppressedBy));
            }
            else if (moment.SuppressedBy.Length == 0 && expectation.Told == false)
            {
                Show(CoverageKind.Shadow, rule.Name);
            }
        }
    }

    private CoverageItem Item(CoverageKind kind, string name) => new(kind, name, _shown.Contains((kind, name)));

    private void Show(CoverageKind kind, string name) => _shown.Add((kind, name));

    private static string NameOf(AlertRule rule, AlertPriority priority) => $"{rule.Name} ({priority.ToString().ToLowerInvariant()})";

    private static string NameOf(AlertRule rule, EscalationStage stage) => $"{rule.Name}, {stage.Notify} after {Durations.Format(stage.After)}";

    private static string NameOf(AlertRule rule, string suppressor) => $"{rule.Name}, by {suppressor}";
}
