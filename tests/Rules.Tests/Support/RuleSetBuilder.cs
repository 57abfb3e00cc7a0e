using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>Makes a rule set without files: definitions straight from texts.</summary>
internal sealed class RuleSetBuilder(string signals = TestRules.Signals)
{
    private readonly SignalCatalogue _catalogue = RuleSetLoader.LoadCatalogue(new RuleFile("00-signals.yaml", signals));
    private readonly List<LimitDefinition> _limits = [];
    private readonly List<OverrideDefinition> _overrides = [];
    private readonly List<DerivedDefinition> _derived = [];
    private readonly List<RuleText> _rules = [];
    private int _line;

    public RuleSetBuilder Limit(string name, double value, double low = double.NegativeInfinity, double high = double.PositiveInfinity)
    {
        _limits.Add(new LimitDefinition(name, value, low, high, Here()));
        return this;
    }

    public RuleSetBuilder Override(OverrideScope scope, string[] names, string limit, double value)
    {
        _overrides.Add(new OverrideDefinition(scope, [.. names], [new LimitOverride(limit, value, Here())], [], Here()));
        return this;
    }

    public RuleSetBuilder Use(OverrideScope scope, string[] names, string derived, string instead)
    {
        _overrides.Add(new OverrideDefinition(scope, [.. names], [], [new UseOverride(derived, instead, Here())], Here()));
        return this;
    }

    public RuleSetBuilder Derive(string name, string value, double? validFor = null)
    {
        _derived.Add(new ExpressionDefinition
        {
            Name = name,
            Display = new Display(name, "", 0),
            Place = Here(),
            ValidFor = Seconds(validFor),
            Value = ExpressionParser.Parse(value),
        });
        return this;
    }

    public RuleSetBuilder Score(string name, double? round, double? validFor, params (string Condition, double Points)[] rows)
    {
        _derived.Add(new ScoreDefinition
        {
            Name = name,
            Display = new Display(name, "", 0),
            Place = Here(),
            ValidFor = Seconds(validFor),
            Round = round,
            Rows = [.. rows.Select(row => new ScoreRow(ExpressionParser.Parse(row.Condition), row.Points, Here()))],
        });
        return this;
    }

    public RuleSetBuilder Sum(string name, params string[] parts)
    {
        _derived.Add(new SumDefinition { Name = name, Display = new Display(name.ToUpperInvariant(), "", 0), Place = Here(), Parts = [.. parts] });
        return this;
    }

    public RuleSetBuilder Rule(RuleText rule)
    {
        _rules.Add(rule);
        return this;
    }

    public RuleSetBuilder Rule(string name, string when, double waits = 0) => Rule(new RuleText(name, when, waits));

    public RuleSet Build()
    {
        var rules = _rules.Select(Definition).ToImmutableArray();
        var definition = new RuleSetDefinition
        {
            Catalogue = _catalogue,
            Signals = [.. _catalogue.Signals.Select(signal => new SignalDeclaration(signal, []))],
            Limits = [.. _limits],
            Overrides = [.. _overrides],
            Derived = [.. _derived.OrderBy(derived => derived is SumDefinition)],
            Rules = rules,
            EvaluationOrder = Order(rules),
        };

        // The version is only asked whether it is the same, so anything will do that differs where the rules do.
        var version = string.Join('|', rules.Select(rule => string.Join(',', rule.Levels.Select(level => $"{rule.Rule.Name} {level.WhenText} {level.For}")) + rule.Rule.ClearWhen))
            + string.Join('|', _limits) + string.Join('|', _overrides);
        return new RuleSet { Version = version, Catalogue = _catalogue, Rules = [.. rules.Select(rule => rule.Rule)], Files = [], Definition = definition };
    }

    private RuleDefinition Definition(RuleText text, int index) => new()
    {
        Rule = new AlertRule
        {
            Index = index,
            Name = text.Name,
            Slug = Names.Slug(text.Name),
            Priority = text.Levels[^1].Priority,
            Kind = AlertKind.Physiological,
            Levels = [.. text.Levels.Select(level => new AlertLevel(level.Priority, level.When, TimeSpan.FromSeconds(level.For)))],
            When = text.Levels[^1].When,
            ClearWhen = text.ClearWhen,
            For = TimeSpan.FromSeconds(text.Levels[^1].For),
            ClearAfter = TimeSpan.FromSeconds(text.ClearAfter),
            Was = [.. text.Was],
            File = "test.yaml",
            Line = 100 + index,
        },
        Levels =
        [
            .. text.Levels.Select(level => new LevelDefinition(level.Priority, ExpressionParser.Parse(level.When), level.When, TimeSpan.FromSeconds(level.For))),
        ],
        ClearWhen = text.ClearWhen is null ? null : ExpressionParser.Parse(text.ClearWhen),
        OnlyIn = text.OnlyIn,
        SuppressedBy = [.. text.SuppressedBy.Select(name => _rules.FindIndex(rule => rule.Name == name)).Order()],
        Message =
        [
            .. text.Message.Select(piece => piece.StartsWith('=') ? new MessageDefinition("", ExpressionParser.Parse(piece[1..])) : new MessageDefinition(piece, null)),
        ],
    };

    private ImmutableArray<int> Order(ImmutableArray<RuleDefinition> rules)
    {
        var order = new List<int>();
        for (var rule = 0; rule < rules.Length; rule++)
        {
            Visit(rule);
        }

        return [.. order];

        void Visit(int rule)
        {
            if (order.Contains(rule))
            {
                return;
            }

            var conditions = rules[rule].Levels.Select(level => level.When).Append(rules[rule].ClearWhen).OfType<Expression>();
            foreach (var asked in conditions.SelectMany(ExpressionParts.All).OfType<AlertActiveExpression>())
            {
                Visit(_rules.FindIndex(other => other.Name == asked.Alert));
            }

            foreach (var suppressor in rules[rule].SuppressedBy)
            {
                Visit(suppressor);
            }

            order.Add(rule);
        }
    }

    private Place Here() => new("test.yaml", ++_line);

    private static TimeSpan? Seconds(double? seconds) => seconds is { } known ? TimeSpan.FromSeconds(known) : null;
}
