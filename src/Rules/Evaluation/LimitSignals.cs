using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Which signals the rules compare with which limit, so that a limit can be drawn into their charts.</summary>
internal sealed class LimitSignals
{
    private readonly Dictionary<string, HashSet<string>> _signals = new(StringComparer.Ordinal);
    private readonly RuleSetDefinition _rules;

    /// <summary>Looks through the conditions on which alerts are raised.</summary>
    public LimitSignals(RuleSetDefinition rules)
    {
        _rules = rules;
        foreach (var comparison in rules.Rules.SelectMany(rule => rule.Levels).SelectMany(level => level.When.All()).Where(part => part is ComparisonExpression or BetweenExpression))
        {
            var names = comparison.Names().ToList();
            foreach (var limit in comparison.All().OfType<LimitExpression>())
            {
                if (!_signals.TryGetValue(limit.Name, out var signals))
                {
                    _signals.Add(limit.Name, signals = new HashSet<string>(StringComparer.Ordinal));
                }

                signals.UnionWith(names);
            }
        }
    }

    /// <summary>The ids of the signals of a limit, in the order of the catalogue; derived signals are not among them.</summary>
    public ImmutableArray<string> Of(string limit) =>
        _signals.TryGetValue(limit, out var names) ? [.. _rules.Catalogue.Signals.Select(signal => signal.Id).Where(names.Contains)] : [];
}
