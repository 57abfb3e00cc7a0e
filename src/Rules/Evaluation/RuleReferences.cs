using System.Globalization;
using System.Text;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>The limits and derived signals on which a rule depends, directly or through others: profiles that agree on these share the compiled rule.</summary>
internal sealed class RuleReferences
{
    private readonly SortedSet<string> _limits = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _derived = new(StringComparer.Ordinal);
    private readonly int _rule;

    /// <summary>The names of the limits.</summary>
    public IReadOnlyCollection<string> Limits => _limits;

    /// <summary>The names of the derived signals, also of those that overrides may put in their place.</summary>
    public IReadOnlyCollection<string> Derived => _derived;

    /// <summary>Looks for them.</summary>
    public RuleReferences(RuleSetDefinition definition, int rule)
    {
        _rule = rule;
        var byName = definition.Derived.ToDictionary(derived => derived.Name, StringComparer.Ordinal);

        // Whatever some override may put in the place of a derived signal counts too: it is simpler, and shares hardly less.
        var instead = definition.Overrides.SelectMany(overriding => overriding.Uses).ToLookup(use => use.Derived, use => use.Instead, StringComparer.Ordinal);
        var declared = definition.Rules[rule];
        var pending = new Queue<Expression>(declared.Levels.Select(level => level.When));
        foreach (var expression in declared.Messages().Select(piece => piece.Value).Append(declared.ClearWhen).OfType<Expression>())
        {
            pending.Enqueue(expression);
        }

        while (pending.TryDequeue(out var expression))
        {
            _limits.UnionWith(expression.All().OfType<LimitExpression>().Select(limit => limit.Name));
            foreach (var name in expression.Names())
            {
                Follow(name);
            }
        }

        void Follow(string name)
        {
            if (!byName.TryGetValue(name, out var derived) || !_derived.Add(name))
            {
                return;
            }

            foreach (var replacement in instead[name])
            {
                Follow(replacement);
            }

            foreach (var expression in DerivedParts.Expressions(derived))
            {
                pending.Enqueue(expression);
            }

            foreach (var part in derived is SumDefinition sum ? sum.Parts : [])
            {
                Follow(part);
            }
        }
    }

    /// <summary>A text that is the same for profiles for which the compiled rule is the same.</summary>
    public string KeyOf(ResolvedProfile profile)
    {
        var key = new StringBuilder();
        key.Append(_rule);
        foreach (var limit in _limits)
        {
            key.Append(CultureInfo.InvariantCulture, $" {profile.LimitOf(limit).Value:R}");
        }

        foreach (var derived in _derived)
        {
            key.Append(' ').Append(profile.InPlaceOf(derived));
        }

        return key.ToString();
    }
}
