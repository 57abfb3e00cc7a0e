using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compiles conditions.</summary>
/// <param name="layout">Where everything is.</param>
/// <param name="profile">For whom.</param>
/// <param name="text">The text the expressions were read from.</param>
/// <param name="ruleOf">The index of the rule of an alert, by its name.</param>
internal class ConditionCompiler(ProgramLayout layout, ResolvedProfile profile, string text, Func<string, int> ruleOf)
    : NumberCompiler(layout, profile, text)
{
    /// <summary>Compiles a condition.</summary>
    public Condition Condition(Expression expression) => expression switch
    {
        NotExpression not => new NotCondition(Condition(not.Operand)),
        LogicalExpression logical => new LogicalCondition(logical.IsAnd, Condition(logical.Left), Condition(logical.Right)),
        AtLeastExpression some => new AtLeastCondition(some.Least, [.. some.Operands.Select(Condition)]),
        ComparisonExpression comparison => Comparison(comparison),
        BetweenExpression between => Between(between),
        IsExpression test => test.Not ? new NotCondition(Is(test)) : Is(test),
        AlertActiveExpression alert => alert.Not
            ? new NotCondition(new AlertActiveCondition(ruleOf(alert.Alert), alert.Alert))
            : new AlertActiveCondition(ruleOf(alert.Alert), alert.Alert),
        _ => throw new InvalidOperationException($"`{expression.Print()}` is no condition, in a rule set that is said to be checked."),
    };

    private LeafCondition Comparison(ComparisonExpression comparison)
    {
        var left = Side(comparison.Left);
        var right = Side(comparison.Right);
        var sign = comparison.Sign;
        if (left.Constant is not null && right.Constant is null)
        {
            (left, right, sign) = (right, left, sign.Mirrored());
        }

        var limit = DisplayOfLimit(left, right);
        return left.Node.Slot >= 0 && right.Constant is { } threshold
            ? new ThresholdCondition(sign, left.Operand, threshold, limit)
            : new ComparisonCondition(sign, left.Operand, right.Operand with { Display = limit });
    }

    private BetweenCondition Between(BetweenExpression between)
    {
        var operand = Side(between.Operand);
        var low = Number(between.Low);
        var high = Number(between.High);
        (double, double)? ends = operand.Node.Slot >= 0 && low.Constant is { } first && high.Constant is { } last ? (first, last) : null;
        var display = DisplayOfLimit(operand, high);
        return new BetweenCondition(operand.Operand, low.Operand with { Display = display }, high.Operand with { Display = display }, ends);
    }

    /// <summary>A side of a comparison. Arithmetic that has a slot of its own is computed there, once for all rules.</summary>
    private CompiledNumber Side(Expression expression)
    {
        var number = Number(expression);
        return number.Constant is null && number.Node.Slot < 0 && ArithmeticSlot(expression) is { } slot
            ? number with { Operand = number.Operand with { Node = Read(slot) } }
            : number;
    }

    /// <summary>The slot in which arithmetic is computed; null where it is not.</summary>
    protected virtual int? ArithmeticSlot(Expression expression) => Layout.SlotOfArithmetic(expression);

    private LeafCondition Is(IsExpression test)
    {
        var slot = Named(test.Name);
        var display = Layout.Slots[slot].Display;
        return test.What switch
        {
            "missing" => new MissingCondition(slot, display.Label),
            "no value" => new NoValueCondition(slot, display),
            "on" => new SwitchCondition(Read(slot), display, on: true),
            "off" => new SwitchCondition(Read(slot), display, on: false),
            { Length: 1 } letter when display.Form == SignalForm.Letter => new LettersCondition(Read(slot), display, letter[0]),
            _ => throw new InvalidOperationException($"`{test.Print()}` cannot be asked, in a rule set that is said to be checked."),
        };
    }

    /// <summary>A limit is written like what it limits.</summary>
    private static Display DisplayOfLimit(CompiledNumber measured, CompiledNumber limit) =>
        limit.Constant is null ? limit.Display : measured.Display with { Label = limit.Display.Label };
}
