using System.Collections.Immutable;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Differential;

/// <summary>A rule before it has its place in a set: what it refers to stands by name, so that rules can be dropped, renamed and moved.</summary>
/// <param name="Name">The alert's name.</param>
/// <param name="Levels">The levels, the least urgent first.</param>
internal sealed record RuleSketch(string Name, ImmutableArray<LevelDefinition> Levels)
{
    public Expression? ClearWhen { get; init; }

    public TimeSpan ClearAfter { get; init; }

    public Applicability OnlyIn { get; init; } = Applicability.Everybody;

    public ImmutableArray<string> SuppressedBy { get; init; } = [];

    public ImmutableArray<string> Was { get; init; } = [];

    /// <summary>Its conditions.</summary>
    public IEnumerable<Expression> Conditions => Levels.Select(level => level.When).Concat(ClearWhen is { } clear ? [clear] : []);

    /// <summary>The alerts that have to be evaluated before it.</summary>
    public IEnumerable<string> After =>
        Conditions.SelectMany(Expressions.PartsOf).OfType<AlertActiveExpression>().Select(part => part.Alert).Concat(SuppressedBy);

    /// <summary>The same with another expression in the place of each of its conditions.</summary>
    public RuleSketch Map(Func<Expression, Expression> change) => this with
    {
        Levels = [.. Levels.Select(level => Level(level.Priority, change(level.When), level.For))],
        ClearWhen = ClearWhen is { } clear ? change(clear) : null,
    };

    public static LevelDefinition Level(AlertPriority priority, Expression when, TimeSpan delay) => new(priority, when, when.Print(), delay);

    /// <summary>The rule at a place of a set.</summary>
    public RuleDefinition Define(int index, ImmutableArray<int> suppressedBy)
    {
        var top = Levels[^1];
        return new RuleDefinition
        {
            Rule = new AlertRule
            {
                Index = index,
                Name = Name,
                Slug = Name.ToLowerInvariant().Replace(' ', '-'),
                Priority = top.Priority,
                Kind = AlertKind.Physiological,
                Levels = [.. Levels.Select(level => new AlertLevel(level.Priority, level.WhenText, level.For))],
                Was = Was,
                When = top.WhenText,
                ClearWhen = ClearWhen?.Print(),
                For = top.For,
                ClearAfter = ClearAfter,
                File = "fuzz.yaml",
                Line = index + 1,
            },
            Levels = Levels,
            ClearWhen = ClearWhen,
            OnlyIn = OnlyIn,
            SuppressedBy = suppressedBy,
            Message = [new MessageDefinition("x", null)],
        };
    }
}
