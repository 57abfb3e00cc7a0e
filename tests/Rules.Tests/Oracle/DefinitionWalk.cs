using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;
using IoTGateway.Rules.Tests.Support;

namespace IoTGateway.Rules.Tests.Oracle;

/// <summary>Finds parts of rule sets.</summary>
internal static class DefinitionWalk
{
    /// <summary>Every expression of a derived signal, with its parts.</summary>
    public static IEnumerable<Expression> PartsOf(DerivedDefinition derived) => derived switch
    {
        ExpressionDefinition it => Expressions.PartsOf(it.Value),
        ScoreDefinition it => it.Rows.SelectMany(row => Expressions.PartsOf(row.Condition)),
        _ => [],
    };

    /// <summary>Every condition of a rule, with its parts.</summary>
    public static IEnumerable<Expression> PartsOf(RuleDefinition rule) =>
        rule.Levels.SelectMany(level => Expressions.PartsOf(level.When)).Concat(rule.ClearWhen is { } clear ? Expressions.PartsOf(clear) : []);

    /// <summary>The windows that anything in a rule set looks at, each once.</summary>
    public static IEnumerable<WindowKey> WindowsOf(RuleSetDefinition rules) =>
        rules.Derived.SelectMany(PartsOf)
            .Concat(rules.Rules.SelectMany(PartsOf))
            .Concat(rules.Rules.SelectMany(rule => rule.Messages()).Where(piece => piece.Value is not null).SelectMany(piece => Expressions.PartsOf(piece.Value!)))
            .OfType<WindowExpression>()
            .Select(WindowKey.Of)
            .Distinct();
}
