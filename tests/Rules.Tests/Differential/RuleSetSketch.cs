using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>A rule set that can be changed and cut down; <see cref="Define"/> makes the definition of it.</summary>
internal sealed record RuleSetSketch
{
    public required SignalCatalogue Catalogue { get; init; }

    public ImmutableArray<LimitDefinition> Limits { get; init; } = [];

    public ImmutableArray<OverrideDefinition> Overrides { get; init; } = [];

    /// <summary>Each behind all it is computed from.</summary>
    public ImmutableArray<DerivedDefinition> Derived { get; init; } = [];

    public ImmutableArray<RuleSketch> Rules { get; init; } = [];

    /// <summary>Whether everything that is named is there, no alert waits for itself, and there is a rule.</summary>
    public bool IsSound
    {
        get
        {
            var names = Limits.Select(limit => limit.Name).Concat(Derived.Select(derived => derived.Name)).ToHashSet(StringComparer.Ordinal);
            var alerts = Rules.Select(rule => rule.Name).ToHashSet(StringComparer.Ordinal);
            var parts = Derived.SelectMany(PartsOf).Concat(Rules.SelectMany(rule => rule.Conditions).SelectMany(Expressions.PartsOf));
            return Rules.Length > 0 && alerts.Count == Rules.Length && Order() is not null
                && Rules.SelectMany(rule => rule.After).All(alerts.Contains)
                && Overrides.All(it => it.Limits.All(limit => names.Contains(limit.Limit)) && it.Uses.All(use => names.Contains(use.Derived) && names.Contains(use.Instead)))
                && Derived.OfType<SumDefinition>().SelectMany(sum => sum.Parts).All(names.Contains)
                && parts.All(part => part switch
                {
                    NameExpression it => names.Contains(it.Name) || Catalogue.Find(it.Name) is not null,
                    LimitExpression it => names.Contains(it.Name),
                    _ => true,
                });
        }
    }

    public static IEnumerable<Expression> PartsOf(DerivedDefinition derived) => derived switch
    {
        ExpressionDefinition it => Expressions.PartsOf(it.Value),
        ScoreDefinition it => it.Rows.SelectMany(row => Expressions.PartsOf(row.Condition)),
        _ => [],
    };

    /// <summary>The set as a file's author would mean it.</summary>
    public RuleSetDefinition Define() => new()
    {
        Catalogue = Catalogue,
        Signals = [.. Catalogue.Signals.Select(signal => new SignalDeclaration(signal, []))],
        Limits = Limits,
        Overrides = Overrides,
        Derived = Derived,
        Rules = [.. Rules.Select((rule, index) => rule.Define(index, [.. rule.SuppressedBy.Select(PlaceOf).Order()]))],
        EvaluationOrder = Order() ?? throw new InvalidOperationException("An alert waits for itself."),
    };

    private int PlaceOf(string alert) => Rules.Select(rule => rule.Name).ToList().IndexOf(alert);

    /// <summary>As in the files, but each behind those it needs; null if there is no such order.</summary>
    private ImmutableArray<int>? Order()
    {
        var order = ImmutableArray.CreateBuilder<int>(Rules.Length);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        while (order.Count < Rules.Length)
        {
            var next = Rules.Select((rule, index) => (rule, index))
                .FirstOrDefault(it => !placed.Contains(it.rule.Name) && it.rule.After.All(placed.Contains));
            if (next.rule is null)
            {
                return null;
            }

            order.Add(next.index);
            placed.Add(next.rule.Name);
        }

        return order.ToImmutable();
    }
}
