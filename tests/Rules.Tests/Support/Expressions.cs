using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Support;

/// <summary>Makes expressions without text, and takes them apart.</summary>
internal static class Expressions
{
    private static TextSpan Nowhere => default;

    public static Expression Number(double value) => new NumberExpression(Nowhere, value, value.ToString("R", CultureInfo.InvariantCulture), "");

    public static Expression Name(string name) => new NameExpression(Nowhere, name);

    public static Expression Limit(string name) => new LimitExpression(Nowhere, name, Nowhere);

    public static Expression Compare(ComparisonSign sign, Expression left, Expression right) => new ComparisonExpression(Nowhere, sign, left, right);

    public static Expression Between(Expression operand, Expression low, Expression high) => new BetweenExpression(Nowhere, operand, low, high);

    public static Expression Is(string name, bool not, string what) => new IsExpression(Nowhere, name, Nowhere, not, what, Nowhere);

    public static Expression Not(Expression operand) => new NotExpression(Nowhere, operand);

    public static Expression Join(bool and, Expression left, Expression right) => new LogicalExpression(Nowhere, and, left, right);

    public static Expression AtLeast(int least, ImmutableArray<Expression> operands) => new AtLeastExpression(Nowhere, least, Nowhere, operands);

    public static Expression IsActive(string alert, bool not) => new AlertActiveExpression(Nowhere, alert, Nowhere, not);

    public static Expression Compute(char sign, Expression left, Expression right) => new ArithmeticExpression(Nowhere, sign, left, right);

    public static Expression Negative(Expression operand) => new NegativeExpression(Nowhere, operand);

    public static Expression Window(WindowFunction function, string signal, TimeSpan length) =>
        new WindowExpression(Nowhere, function, signal, Nowhere, length, Nowhere);

    /// <summary>What an expression is made of.</summary>
    public static ImmutableArray<Expression> OperandsOf(Expression expression) => expression switch
    {
        ArithmeticExpression it => [it.Left, it.Right],
        AtLeastExpression it => it.Operands,
        BetweenExpression it => [it.Operand, it.Low, it.High],
        ComparisonExpression it => [it.Left, it.Right],
        LogicalExpression it => [it.Left, it.Right],
        NegativeExpression it => [it.Operand],
        NotExpression it => [it.Operand],
        _ => [],
    };

    /// <summary>An expression and all its parts.</summary>
    public static IEnumerable<Expression> PartsOf(Expression expression) => OperandsOf(expression).SelectMany(PartsOf).Prepend(expression);

    /// <summary>The same with other parts where <paramref name="change"/> gives one.</summary>
    public static Expression Map(Expression expression, Func<Expression, Expression?> change) => change(expression) ?? expression switch
    {
        ArithmeticExpression it => it with { Left = Map(it.Left, change), Right = Map(it.Right, change) },
        AtLeastExpression it => it with { Operands = [.. it.Operands.Select(operand => Map(operand, change))] },
        BetweenExpression it => it with { Operand = Map(it.Operand, change), Low = Map(it.Low, change), High = Map(it.High, change) },
        ComparisonExpression it => it with { Left = Map(it.Left, change), Right = Map(it.Right, change) },
        LogicalExpression it => it with { Left = Map(it.Left, change), Right = Map(it.Right, change) },
        NegativeExpression it => it with { Operand = Map(it.Operand, change) },
        NotExpression it => it with { Operand = Map(it.Operand, change) },
        _ => expression,
    };

    /// <summary>Whether it is a condition, not a number.</summary>
    public static bool IsCondition(Expression expression) => expression is AlertActiveExpression or AtLeastExpression or BetweenExpression
        or ComparisonExpression or IsExpression or LogicalExpression or NotExpression;
}
