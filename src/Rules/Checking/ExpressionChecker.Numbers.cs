using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

internal sealed partial class ExpressionChecker
{
    /// <summary>Checks an expression that has to be a number; null when a mistake was reported.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="anyForm">Whether letters and switches are welcome too, as in messages.</param>
    public NumberType? CheckNumber(Expression expression, bool anyForm = false)
    {
        switch (expression)
        {
            case NumberExpression number:
                return new NumberType(new Display("", "", 0), number.Unit.Length == 0 ? null : number.Unit, number.Value, NumberRange.Of(number.Value));
            case LimitExpression limit:
                return CheckLimit(limit);
            case NameExpression name:
                return CheckName(name, anyForm);
            case WindowExpression window:
                return CheckWindow(window);
            case NegativeExpression negative:
                return CheckNumber(negative.Operand) is { } operand
                    ? new NumberType(
                        operand.Display with { Label = LabelOf(expression) }, operand.Unit, -operand.Constant, NumberRange.Negate(operand.Range))
                    : null;
            case ArithmeticExpression arithmetic:
                return CheckArithmetic(arithmetic);
            case AgeExpression age:
                Error(age.Span, Codes.Type, "`age` can only be used in messages", $"write `{age.Name} is missing` to ask whether it still comes");
                return null;
            default:
                Error(expression.Span, Codes.Type, "this is a condition, where a number is wanted", null);
                return null;
        }
    }

    /// <summary>Checks what stands in a message's braces: a number, a letter, or the age of a signal.</summary>
    public bool CheckMessageValue(Expression expression)
    {
        if (expression is not AgeExpression age)
        {
            return CheckNumber(expression, anyForm: true) is not null;
        }

        if (Resolve(age.Name, age.NameSpan) is null)
        {
            return false;
        }

        return vocabulary.Derived.GetValueOrDefault(age.Name) is null or Definitions.ExpressionDefinition
            || Refuse(age.NameSpan, Codes.Impossible, $"{age.Name} is a score, which has no age of its own", "ask for the age of a signal it is made of");
    }

    private NumberType? CheckLimit(LimitExpression limit)
    {
        if (vocabulary.Limits.TryGetValue(limit.Name, out var known))
        {
            return new NumberType(new Display("limit", "", 0), null, known.Value, new NumberRange(known.AllowedLow, known.AllowedHigh));
        }

        if (!vocabulary.Incomplete && !vocabulary.Broken.Contains(limit.Name))
        {
            Error(
                limit.NameSpan, Codes.UnknownName, $"there is no limit named '{limit.Name}'",
                Suggestions.DidYouMean(limit.Name, vocabulary.Limits.Keys) ?? "declare it under `limits:`");
        }

        return null;
    }

    private NumberType? CheckName(NameExpression name, bool anyForm)
    {
        if (Resolve(name.Name, name.Span) is not { } number)
        {
            return null;
        }

        LooksAtSomething = true;
        if (anyForm || number.Display.Form == SignalForm.Number)
        {
            return number;
        }

        Error(
            name.Span, Codes.Form, $"{name.Name} is not a number",
            number.Display.Form == SignalForm.Letter
                ? $"write for example `{name.Name} is {vocabulary.Signal(name.Name)!.Letters[0]}`"
                : $"write `{name.Name} is on` or `{name.Name} is off`");
        return null;
    }

    private NumberType? CheckWindow(WindowExpression window)
    {
        if (Resolve(window.Signal, window.SignalSpan) is not { } number)
        {
            return null;
        }

        LooksAtSomething = true;
        if (vocabulary.Signal(window.Signal) is not { } signal)
        {
            Error(
                window.SignalSpan, Codes.Impossible, $"a window looks at a signal, and {window.Signal} is derived",
                "ask for the signals it is derived from");
            return null;
        }

        if (signal.Form != SignalForm.Number)
        {
            Error(window.SignalSpan, Codes.Form, $"{window.Signal} is not a number, so there is nothing to compute over a time", null);
            return null;
        }

        vocabulary.Windows.Add((window.Signal, window.Length));
        var display = number.Display with { Label = LabelOf(window) };
        var width = signal.PlausibleHigh - signal.PlausibleLow;
        return window.Function switch
        {
            WindowFunction.Count => new NumberType(display with { Unit = "", Decimals = 0 }, "", null, new NumberRange(0, double.PositiveInfinity)),
            WindowFunction.Rise or WindowFunction.Fall => new NumberType(display, number.Unit, null, new NumberRange(-width, width)),
            _ => number with { Display = display },
        };
    }

    private NumberType? CheckArithmetic(ArithmeticExpression arithmetic)
    {
        var left = CheckNumber(arithmetic.Left);
        var right = CheckNumber(arithmetic.Right);
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
        if (!scaled && (!Fit(left, right, arithmetic.Right.Span) || !Fit(right, left, arithmetic.Left.Span)))
        {
            return null;
        }

        var oneUnit = left.Unit == right.Unit || right.Constant is not null || left.Constant is not null;
        var keepsUnit = scaled ? right.Constant is not null || (left.Constant is not null && arithmetic.Sign == '*') : oneUnit;
        var measured = left.Constant is null ? left : right;
        var constant = left.Constant is { } first && right.Constant is { } second ? Compute(arithmetic.Sign, first, second) : (double?)null;
        return new NumberType(
            new Display(LabelOf(arithmetic), keepsUnit ? measured.Display.Unit : "", Math.Max(left.Display.Decimals, right.Display.Decimals)),
            keepsUnit ? measured.Unit : null,
            constant,
            NumberRange.Compute(arithmetic.Sign, left.Range, right.Range));
    }

    /// <summary>A number with a unit has to have the unit of what it is compared with: nothing is converted silently.</summary>
    private bool Fit(NumberType measured, NumberType number, TextSpan span)
    {
        if (measured.Constant is not null || number.Constant is null || number.Unit is null)
        {
            return true;
        }

        if (measured.Unit is not null && Units.Fits(number.Unit, measured.Unit, measured.Display.Unit))
        {
            return true;
        }

        if (Units.IsTime(number.Unit) && (measured.Unit is null || !Units.IsTime(measured.Unit)))
        {
            Error(
                span, Codes.Unit, "a duration has no meaning here",
                "durations stand in `for`, `clear after`, `missing after`, `valid for` and in windows such as `average(spo2, 1 min)`");
            return false;
        }

        if (measured.Unit is null)
        {
            return true;
        }

        var unit = measured.Display.Unit.Length > 0 ? $"in {measured.Display.Unit}" : "without a unit";
        Error(
            span, Codes.Unit, $"{measured.Display.Label} is measured {unit}, not in {number.Unit}",
            "give the number in the signal's unit; nothing is converted");
        return false;
    }

    private void WarnImplausible(Expression measured, NumberType number, TextSpan span)
    {
        var name = measured switch
        {
            NameExpression one => one.Name,
            WindowExpression { Function: WindowFunction.Average or WindowFunction.Lowest or WindowFunction.Highest } window => window.Signal,
            _ => "",
        };
        if (number.Constant is not { } value || vocabulary.Signal(name) is not { } signal
            || (value >= signal.PlausibleLow && value <= signal.PlausibleHigh) || value == signal.NoValueAtOrBelow)
        {
            return;
        }

        SaidImplausible = true;
        var unit = signal.UnitShown.Length == 0 ? "" : $" {signal.UnitShown}";
        var range = string.Create(CultureInfo.InvariantCulture, $"{signal.PlausibleLow} to {signal.PlausibleHigh}{unit}");
        diagnostics.Warn(
            node, span with { Start = span.Start + offset }, Codes.Implausible,
            string.Create(CultureInfo.InvariantCulture, $"{value} is outside what {signal.Id} can plausibly be ({range})"),
            signal.Unit == "Cel" && value > signal.PlausibleHigh ? "the signal is in °C; is the number in °F?" : "is it the right signal and unit?");
    }

    /// <summary>How an expression is named: as it is written; in agreed spelling if it stands elsewhere.</summary>
    private string LabelOf(Expression expression) => expression.Span.Length == 0
        ? expression.Print()
        : node.Text.Substring(expression.Span.Start + offset, expression.Span.Length).ReplaceLineEndings(" ");

    private static double Compute(char sign, double left, double right) => sign switch
    {
        '+' => left + right,
        '-' => left - right,
        '*' => left * right,
        _ => left / right,
    };
}
