using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>Compiles expressions that are numbers. What does not fit is a mistake of the program, since rule sets are checked before.</summary>
/// <param name="layout">Where everything is.</param>
/// <param name="profile">For whom.</param>
/// <param name="text">The text the expressions were read from, to name parts of it as they are written; empty if it is not at hand.</param>
internal class NumberCompiler(ProgramLayout layout, ResolvedProfile profile, string text)
{
    /// <summary>Where everything is.</summary>
    protected ProgramLayout Layout { get; } = layout;

    /// <summary>For whom.</summary>
    protected ResolvedProfile Profile { get; } = profile;

    /// <summary>Compiles a number.</summary>
    public CompiledNumber Number(Expression expression) => expression switch
    {
        NumberExpression number => Constant(number.Value, new Display("", "", 0), number.Unit.Length == 0 ? null : number.Unit),
        LimitExpression limit => Constant(Profile.LimitOf(limit.Name).Value, new Display("limit", "", 0), null),
        NameExpression name => Slot(Named(name.Name)),
        WindowExpression window => Slot(Layout.SlotOf(window)),
        NegativeExpression negative => Negative(negative),
        ArithmeticExpression arithmetic => Arithmetic(arithmetic),
        _ => throw new InvalidOperationException($"`{expression.Print()}` is no number, in a rule set that is said to be checked."),
    };

    /// <summary>The slot of a signal, or of what is computed in the place of a derived signal.</summary>
    public int Named(string name) => Layout.SlotOf(Profile.InPlaceOf(name));

    /// <summary>How the present value of a slot is read.</summary>
    protected virtual NumberNode Read(int slot) => new SlotNumber(slot);

    /// <summary>An expression as it is written.</summary>
    protected string LabelOf(Expression expression) =>
        expression.Span.Start >= 0 && expression.Span.End <= text.Length && expression.Span.Length > 0
            ? text.Substring(expression.Span.Start, expression.Span.Length).ReplaceLineEndings(" ")
            : expression.Print();

    private CompiledNumber Slot(int slot)
    {
        var info = Layout.Slots[slot];
        return new CompiledNumber(new Operand(Read(slot), info.Display), info.Unit, null);
    }

    private static CompiledNumber Constant(double value, Display display, string? unit) =>
        new(new Operand(new ConstantNumber(value), display), unit, value);

    private CompiledNumber Negative(NegativeExpression negative)
    {
        var operand = Number(negative.Operand);
        var display = operand.Display with { Label = LabelOf(negative) };
        return operand.Constant is { } value
            ? Constant(-value, display, operand.Unit)
            : new CompiledNumber(new Operand(new NegativeNumber(operand.Node), display), operand.Unit, null);
    }

    private CompiledNumber Arithmetic(ArithmeticExpression arithmetic)
    {
        var left = Number(arithmetic.Left);
        var right = Number(arithmetic.Right);
        var scaled = arithmetic.Sign is '*' or '/';
        var oneUnit = left.Unit == right.Unit || right.Constant is not null || left.Constant is not null;
        var keepsUnit = scaled ? right.Constant is not null || (left.Constant is not null && arithmetic.Sign == '*') : oneUnit;
        var measured = left.Constant is null ? left : right;
        var decimals = Math.Max(left.Display.Decimals, right.Display.Decimals);
        var unit = keepsUnit ? measured.Unit : null;
        if (left.Constant is { } first && right.Constant is { } second)
        {
            // "limit spo2_low + 2" is still a limit to the reader.
            var label = left.Display.Label == "limit" || right.Display.Label == "limit" ? "limit" : "";
            return Constant(ArithmeticNumber.Compute(arithmetic.Sign, first, second), new Display(label, keepsUnit ? measured.Display.Unit : "", decimals), unit);
        }

        var display = new Display(LabelOf(arithmetic), keepsUnit ? measured.Display.Unit : "", decimals);
        return new CompiledNumber(new Operand(new ArithmeticNumber(arithmetic.Sign, left.Node, right.Node), display), unit, null);
    }
}
