using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Looks into the declarations of derived signals.</summary>
internal static class DerivedParts
{
    /// <summary>The expressions in one.</summary>
    public static IEnumerable<Expression> Expressions(DerivedDefinition derived) => derived switch
    {
        ExpressionDefinition expression => [expression.Value],
        ScoreDefinition score => score.Rows.Select(row => row.Condition),
        _ => [],
    };

    /// <summary>The signals and derived signals one names.</summary>
    public static IEnumerable<string> Names(DerivedDefinition derived) =>
        derived is SumDefinition sum ? sum.Parts : Expressions(derived).SelectMany(ExpressionParts.Names);
}
