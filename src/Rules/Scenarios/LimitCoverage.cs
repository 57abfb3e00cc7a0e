using System.Text.RegularExpressions;

namespace IoTGateway.Rules.Scenarios;

/// <summary>
/// Which limits are crossed: of one comparison with the limit both true and false were seen, as the engine explains it, in scenarios that expect
/// something of that rule's alert.
/// </summary>
internal sealed class LimitCoverage(RuleSet rules)
{
    // No generated code: the mutants of the tests are compiled without generators.
    private static readonly Regex LimitNames = new("""\blimit ([a-z][a-z0-9_]*)""", RegexOptions.CultureInvariant);

    // For each limit the comparisons in which it was seen, and whether each was true and false.
    private readonly SortedDictionary<string, Dictionary<string, (bool True, bool False)>> _limits = Named(rules);
    private readonly Dictionary<int, HashSet<string>> _limitsOfRule = [];

    /// <summary>Looks at an engine after a moment at which values came.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="patient">The scenario's patient.</param>
    /// <param name="expected">The rules of which the scenario expects something.</param>
    public void Observe(IRuleEngine engine, string patient, IEnumerable<AlertRule> expected)
    {
        foreach (var rule in expected)
        {
            // A rule whose limits have all been crossed has nothing more to show here.
            if (!_limitsOfRule.TryGetValue(rule.Index, out var limits) || limits.Any(limit => !IsCrossed(limit)))
            {
                Observe(rule, engine.Explain(patient, rule.Name));
            }
        }
    }

    /// <summary>Every limit that a rule names, by name.</summary>
    public IEnumerable<CoverageItem> Items() => _limits.Keys.Select(limit => new CoverageItem(CoverageKind.Limit, limit, IsCrossed(limit)));

    private static SortedDictionary<string, Dictionary<string, (bool True, bool False)>> Named(RuleSet rules)
    {
        var texts = rules.Rules.SelectMany(rule => rule.Levels.Select(level => level.When).Append(rule.When).Append(rule.ClearWhen ?? ""));
        return new(texts.SelectMany(LimitsIn).Distinct().ToDictionary(limit => limit, _ => new Dictionary<string, (bool True, bool False)>(StringComparer.Ordinal)), StringComparer.Ordinal);
    }

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
