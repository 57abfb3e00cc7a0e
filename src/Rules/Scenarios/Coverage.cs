using System.Collections.Immutable;
using System.Text.RegularExpressions;
using IoTGateway.Rules.Definitions;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// Collects what the scenarios of a rule set show: each alert raised, at each of its levels, and cleared; each limit crossed (of one comparison with it
/// both true and false were seen, as the engine explains it); each row of each score table.
/// </summary>
internal sealed class Coverage
{
    // No generated code: the mutants of the tests are compiled without generators.
    private static readonly Regex LimitNames = new("""\blimit ([a-z][a-z0-9_]*)""", RegexOptions.CultureInvariant);

    private readonly RuleSet _rules;
    private readonly HashSet<int> _raised = [];
    private readonly HashSet<(int Rule, AlertPriority Priority)> _levels = [];
    private readonly HashSet<int> _cleared = [];

    // For each limit the comparisons in which it was seen, and whether each was true and false.
    private readonly SortedDictionary<string, Dictionary<string, (bool True, bool False)>> _limits = new(StringComparer.Ordinal);
    private readonly Dictionary<int, HashSet<string>> _limitsOfRule = [];
    private readonly ScoreCoverage _scores;

    public Coverage(RuleSet rules, IEnumerable<ScoreDefinition> scores)
    {
        _rules = rules;
        _scores = new ScoreCoverage(scores);
    }

    /// <summary>Looks at an engine after a moment at which values came.</summary>
    public void Observe(IRuleEngine engine, string patient)
    {
        foreach (var rule in _rules.Rules)
        {
            // A rule whose limits have all been crossed has nothing more to show here.
            if (!_limitsOfRule.TryGetValue(rule.Index, out var limits) || limits.Any(limit => !IsCrossed(limit)))
            {
                Observe(rule, engine.Explain(patient, rule.Name));
            }
        }

        _scores.Observe(engine.LatestValues(patient));
    }

    /// <summary>Adds what became of an alert in a scenario.</summary>
    public void Add(AlertRule rule, AlertHistory history)
    {
        foreach (var moment in history.Moments.Where(moment => moment.IsRaised))
        {
            _raised.Add(rule.Index);
            _levels.Add((rule.Index, moment.Priority));
        }

        if (history.Clears().Any())
        {
            _cleared.Add(rule.Index);
        }
    }

    /// <summary>Everything that ought to be shown, and whether it was.</summary>
    public ImmutableArray<CoverageItem> Items() =>
    [
        .. _rules.Rules.Select(rule => new CoverageItem(CoverageKind.Raised, rule.Name, _raised.Contains(rule.Index))),
        .. _rules.Rules.Where(rule => rule.Levels.Length > 1).SelectMany(rule => rule.Levels.Select(level => new CoverageItem(
            CoverageKind.Level, $"{rule.Name} ({level.Priority.ToString().ToLowerInvariant()})", _levels.Contains((rule.Index, level.Priority))))),
        .. _rules.Rules.Select(rule => new CoverageItem(CoverageKind.Cleared, rule.Name, _cleared.Contains(rule.Index))),
        .. _limits.Keys.Select(limit => new CoverageItem(CoverageKind.Limit, limit, IsCrossed(limit))),
        .. _scores.Items(),
    ];

    private bool IsCrossed(string limit) => _limits[limit].Values.Any(seen => seen.True && seen.False);

    private void Observe(AlertRule rule, Explanation? explanation)
    {
        if (explanation is null)
        {
            return;
        }

        // The text of a whole condition names all its limits, also while nothing is known of them.
        var limits = explanation.Conditions.SelectMany(condition => LimitsIn(condition.Text)).ToHashSet(StringComparer.Ordinal);
        _limitsOfRule[rule.Index] = limits;
        foreach (var limit in limits)
        {
            _limits.TryAdd(limit, new(StringComparer.Ordinal));
        }

        foreach (var condition in explanation.Conditions)
        {
            Observe(condition);
        }
    }

    /// <summary>Notes the comparisons at the bottom of a tree that name a limit; returns the limits that conditions of the tree name.</summary>
    private HashSet<string> Observe(ExplanationNode node)
    {
        var below = node.Parts.SelectMany(Observe).ToHashSet(StringComparer.Ordinal);
        if (node.Value is not ("true" or "false" or "unknown"))
        {
            return below;
        }

        foreach (var limit in LimitsIn(node.Text).Where(limit => !below.Contains(limit)).ToList())
        {
            below.Add(limit);
            var comparisons = _limits.TryGetValue(limit, out var known) ? known : _limits[limit] = new(StringComparer.Ordinal);
            var seen = comparisons.GetValueOrDefault(node.Text);
            comparisons[node.Text] = (seen.True || node.Value == "true", seen.False || node.Value == "false");
        }

        return below;
    }

    private static IEnumerable<string> LimitsIn(string text) => LimitNames.Matches(text).Select(match => match.Groups[1].Value);
}
