using IoTGateway.Readings;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

/// <summary>
/// Gives the names of one expression their meaning and checks that everything fits: numbers where numbers are wanted, units, letters.
/// Reports every mistake it finds; what is null has been reported.
/// </summary>
internal sealed partial class Binder(Scope scope, ConfigNode node, DiagnosticBag diagnostics, int offset = 0)
{
    /// <summary>The slots the expression reads.</summary>
    public SortedSet<int> Reads { get; } = [];

    /// <summary>Reads and binds a text that has to be a condition.</summary>
    public static Condition? Condition(Scope scope, ConfigNode node, DiagnosticBag diagnostics, SortedSet<int> reads, out string canonical)
    {
        canonical = "";
        try
        {
            var expression = ExpressionParser.Parse(node.Text);
            var binder = new Binder(scope, node, diagnostics);
            var condition = binder.BindCondition(expression);
            if (condition is not null && binder.Reads.Count == 0)
            {
                diagnostics.Error(
                    node, Codes.NoSignal, "this condition looks at no signal, so it never changes", "compare a signal, for example `spo2 < 90`");
                return null;
            }

            reads.UnionWith(binder.Reads);
            canonical = binder.Canonical(expression);
            return condition;
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
            return null;
        }
    }

    /// <summary>The expression in one agreed spelling with limits and derived signals put in, to see whether a rule has changed.</summary>
    public string Canonical(Expression expression) => expression.Print(part => part switch
    {
        LimitExpression limit when scope.Limits.TryGetValue(limit.Name, out var value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        NumberExpression number => number.Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture),
        NameExpression name when scope.Slots.TryGetValue(name.Name, out var slot) => slot.Canonical,
        _ => null,
    });

    /// <summary>Binds an expression that has to be a condition.</summary>
    public Condition? BindCondition(Expression expression)
    {
        switch (expression)
        {
            case NotExpression not:
                return BindCondition(not.Operand) is { } operand ? new NotCondition(operand) : null;
            case LogicalExpression logical:
                var left = BindCondition(logical.Left);
                var right = BindCondition(logical.Right);
                return left is null || right is null ? null : new LogicalCondition(logical.IsAnd, left, right);
            case ComparisonExpression comparison:
                return BindComparison(comparison);
            case BetweenExpression between:
                return BindBetween(between);
            case IsExpression test:
                return BindIs(test);
            default:
                Error(expression.Span, Codes.Type, "this is a number, where a condition is wanted", Example(expression));
                return null;
        }
    }

    /// <summary>Binds an expression that has to be a number.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="anyForm">Whether letters and switches are welcome too, as in messages.</param>
    public BoundNumber? BindNumber(Expression expression, bool anyForm = false)
    {
        switch (expression)
        {
            case NumberExpression number:
                return BindLiteral(number);
            case LimitExpression limit:
                return BindLimit(limit);
            case NameExpression name:
                return BindName(name, anyForm);
            case NegativeExpression negative:
                return BindNumber(negative.Operand) is { } operand
                    ? new BoundNumber(
                        Fold(new NegativeNumber(operand.Node), -operand.Constant), operand.Display with { Label = LabelOf(expression) }, operand.Unit,
                        -operand.Constant)
                    : null;
            case ArithmeticExpression arithmetic:
                return BindArithmetic(arithmetic);
            case AgeExpression age:
                Error(age.Span, Codes.Type, "`age` can only be used in messages", $"write `{age.Name} is missing` to ask whether it still comes");
                return null;
            default:
                Error(expression.Span, Codes.Type, "this is a condition, where a number is wanted", null);
                return null;
        }
    }

    private BoundNumber? BindLiteral(NumberExpression number)
    {
        if (Units.IsTime(number.Unit))
        {
            Error(
                number.Span, Codes.Unit, "a duration has no meaning here",
                "durations stand in `for`, `clear after`, `missing after` and `valid for`");
            return null;
        }

        return new BoundNumber(new ConstantNumber(number.Value), new Display("", "", 0), number.Unit.Length == 0 ? null : number.Unit, number.Value);
    }

    private BoundNumber? BindLimit(LimitExpression limit)
    {
        if (scope.Limits.TryGetValue(limit.Name, out var value))
        {
            return new BoundNumber(new ConstantNumber(value), new Display("limit", "", 0), null, value);
        }

        if (!scope.Incomplete && !scope.Broken.Contains(limit.Name))
        {
            Error(
                limit.NameSpan, Codes.UnknownName, $"there is no limit named '{limit.Name}'",
                Suggestions.DidYouMean(limit.Name, scope.Limits.Keys) ?? "declare it under `limits:`");
        }

        return null;
    }

    private BoundNumber? BindName(NameExpression name, bool anyForm)
    {
        if (Resolve(name.Name, name.Span) is not { } slot)
        {
            return null;
        }

        if (!anyForm && slot.Display.Form != SignalForm.Number)
        {
            Error(
                name.Span, Codes.Form, $"{slot.Info.Id} is not a number",
                slot.Display.Form == SignalForm.Letter
                    ? $"write for example `{slot.Info.Id} is {slot.Info.Signal!.Letters[0]}`"
                    : $"write `{slot.Info.Id} is on` or `{slot.Info.Id} is off`");
            return null;
        }

        Reads.Add(slot.Slot);
        return new BoundNumber(new SlotNumber(slot.Slot), slot.Display, slot.Unit, null);
    }

    private BoundNumber? BindArithmetic(ArithmeticExpression arithmetic)
    {
        var left = BindNumber(arithmetic.Left);
        var right = BindNumber(arithmetic.Right);
        if (left is null || right is null)
        {
            return null;
        }

        if (arithmetic.Sign == '/' && right.Constant == 0)
        {
            Error(arithmetic.Right.Span, Codes.Number, "a division by 0 has no result", null);
            return null;
        }

        var scaled = arithmetic.Sign is '*' or '/';
        var oneUnit = left.Unit == right.Unit || right.Constant is not null || left.Constant is not null;
        var keepsUnit = scaled ? right.Constant is not null || (left.Constant is not null && arithmetic.Sign == '*') : oneUnit;
        var measured = left.Constant is null ? left : right;
        var constant = left.Constant is { } first && right.Constant is { } second ? Compute(arithmetic.Sign, first, second) : (double?)null;
        var decimals = Math.Max(left.Display.Decimals, right.Display.Decimals);

        // "limit spo2_low + 2" is still a limit to the reader.
        var label = constant is not null ? (left.Display.Label == "limit" || right.Display.Label == "limit" ? "limit" : "") : LabelOf(arithmetic);
        return new BoundNumber(
            Fold(new ArithmeticNumber(arithmetic.Sign, left.Node, right.Node), constant),
            new Display(label, keepsUnit ? measured.Display.Unit : "", decimals),
            keepsUnit ? measured.Unit : null,
            constant);
    }

    private NamedSlot? Resolve(string name, TextSpan span)
    {
        if (scope.Slots.TryGetValue(name, out var slot))
        {
            return slot;
        }

        if (scope.Incomplete || scope.Broken.Contains(name))
        {
            return null;
        }

        var help = scope.Limits.ContainsKey(name) ? $"write `limit {name}`"
            : scope.Catalogue.Find(name) is { } signal ? $"in rules it is called `{signal.Id}`"
            : Suggestions.DidYouMean(name, scope.Slots.Keys)
            ?? Suggestions.DidYouMean(name, scope.Limits.Keys, "limit ")
            ?? Suggestions.DidYouMean(name, scope.Catalogue.Signals.Select(known => known.Name));
        Error(span, Codes.UnknownName, $"there is no signal or limit named '{name}'", help);
        return null;
    }

    private void Error(TextSpan span, string code, string message, string? help) =>
        diagnostics.Error(node, span with { Start = span.Start + offset }, code, message, help);

    private static string Example(Expression expression) =>
        expression is NameExpression name ? $"compare it, for example `{name.Name} < 90`" : "compare it with something, for example `> 90`";

    /// <summary>How an expression is named in reasons: as it is written.</summary>
    private string LabelOf(Expression expression) => node.Text.Substring(expression.Span.Start + offset, expression.Span.Length).ReplaceLineEndings(" ");

    private static NumberNode Fold(NumberNode computed, double? constant) => constant is { } value ? new ConstantNumber(value) : computed;

    private static double Compute(char sign, double left, double right) => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };
}
