using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Looks into expressions.</summary>
internal static class ExpressionParts
{
    /// <summary>An expression and all it is made of, from the outside in.</summary>
    public static IEnumerable<Expression> All(Expression expression) => Operands(expression).SelectMany(All).Prepend(expression);

    /// <summary>The names of signals and derived signals in it, those in windows and in <c>is</c> included.</summary>
    public static IEnumerable<string> Names(Expression expression) => All(expression).Select(part => part switch
    {
        NameExpression name => name.Name,
        IsExpression test => test.Name,
        AgeExpression age => age.Name,
        WindowExpression window => window.Signal,
        _ => null,
    }).OfType<string>();

    /// <summary>Whether it is a number that does not depend on a patient's values.</summary>
    public static bool IsConstant(Expression expression) => expression switch
    {
        NumberExpression or LimitExpression => true,
        NegativeExpression or ArithmeticExpression => Operands(expression).All(IsConstant),
        _ => false,
    };

    /// <summary>Whether it is arithmetic on a patient's values.</summary>
    public static bool IsComputed(Expression expression) => expression is NegativeExpression or ArithmeticExpression && !IsConstant(expression);

    /// <summary>The parts right below.</summary>
    public static IEnumerable<Expression> Operands(Expression expression) => expression switch
    {
        NotExpression not => [not.Operand],
        NegativeExpression negative => [negative.Operand],
        LogicalExpression logical => [logical.Left, logical.Right],
        ComparisonExpression comparison => [comparison.Left, comparison.Right],
        ArithmeticExpression arithmetic => [arithmetic.Left, arithmetic.Right],
        BetweenExpression between => [between.Operand, between.Low, between.High],
        AtLeastExpression some => some.Operands,
        _ => [],
    };
}
