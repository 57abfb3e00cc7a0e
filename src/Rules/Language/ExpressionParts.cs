namespace IoTGateway.Rules.Language;

/// <summary>Goes through the parts of an expression.</summary>
internal static class ExpressionParts
{
    /// <summary>The expression and everything in it, from left to right.</summary>
    public static IEnumerable<Expression> All(this Expression expression)
    {
        var waiting = new Stack<Expression>();
        waiting.Push(expression);
        while (waiting.TryPop(out var part))
        {
            yield return part;
            foreach (var child in part.Children().Reverse())
            {
                waiting.Push(child);
            }
        }
    }

    /// <summary>What an expression is put together from.</summary>
    public static Expression[] Children(this Expression expression) => expression switch
    {
        NotExpression not => [not.Operand],
        NegativeExpression negative => [negative.Operand],
        LogicalExpression logical => [logical.Left, logical.Right],
        ComparisonExpression comparison => [comparison.Left, comparison.Right],
        ArithmeticExpression arithmetic => [arithmetic.Left, arithmetic.Right],
        BetweenExpression between => [between.Operand, between.Low, between.High],
        AtLeastExpression atLeast => [.. atLeast.Operands],
        _ => [],
    };

    /// <summary>The names of signals and derived signals in it, each as often as it stands there.</summary>
    public static IEnumerable<string> Names(this Expression expression) =>
        expression.All().Select(part => part switch
        {
            NameExpression name => name.Name,
            IsExpression test => test.Name,
            WindowExpression window => window.Signal,
            AgeExpression age => age.Name,
            _ => null,
        }).OfType<string>();

    /// <summary>Whether it is a number that does not depend on a patient's values.</summary>
    public static bool IsConstant(this Expression expression) => expression switch
    {
        NumberExpression or LimitExpression => true,
        NegativeExpression or ArithmeticExpression => expression.Children().All(IsConstant),
        _ => false,
    };

    /// <summary>Whether it is arithmetic on a patient's values.</summary>
    public static bool IsComputed(this Expression expression) => expression is NegativeExpression or ArithmeticExpression && !expression.IsConstant();
}
