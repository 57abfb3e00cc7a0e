using IoTGateway.Readings;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>
/// Checks that an expression means something: its names are known, numbers stand where numbers are wanted, units and letters fit, nothing
/// impossible is asked. Reports every mistake it finds.
/// </summary>
/// <param name="vocabulary">The names.</param>
/// <param name="node">The text in which the expression stands.</param>
/// <param name="diagnostics">Where mistakes go.</param>
/// <param name="offset">Where in that text the expression begins.</param>
internal sealed partial class ExpressionChecker(Vocabulary vocabulary, ConfigNode node, DiagnosticBag diagnostics, int offset = 0)
{
    /// <summary>Whether it looks at anything that can change.</summary>
    public bool LooksAtSomething { get; private set; }

    /// <summary>Whether a number in it has been called implausible; then what follows from that is not told as well.</summary>
    public bool SaidImplausible { get; private set; }

    /// <summary>Reads and checks a text that has to be a condition; null when a mistake was reported.</summary>
    /// <param name="vocabulary">The names.</param>
    /// <param name="node">The text.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    /// <param name="saidImplausible">Whether a number in it was called implausible.</param>
    public static Expression? Condition(Vocabulary vocabulary, ConfigNode node, DiagnosticBag diagnostics, out bool saidImplausible)
    {
        saidImplausible = false;
        try
        {
            var expression = ExpressionParser.Parse(node.Text);
            var checker = new ExpressionChecker(vocabulary, node, diagnostics);
            var good = checker.CheckCondition(expression);
            saidImplausible = checker.SaidImplausible;
            if (good && !checker.LooksAtSomething)
            {
                diagnostics.Error(
                    node, Codes.NoSignal, "this condition looks at no signal, so it never changes", "compare a signal, for example `spo2 < 90`");
                return null;
            }

            return good ? expression : null;
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
            return null;
        }
    }

    /// <summary>Checks an expression that has to be a condition.</summary>
    public bool CheckCondition(Expression expression)
    {
        switch (expression)
        {
            case NotExpression not:
                return CheckCondition(not.Operand);
            case LogicalExpression logical:
                return CheckCondition(logical.Left) & CheckCondition(logical.Right);
            case AtLeastExpression atLeast:
                var good = true;
                foreach (var operand in atLeast.Operands)
                {
                    good &= CheckCondition(operand);
                }

                return good;
            case ComparisonExpression comparison:
                return CheckComparison(comparison);
            case BetweenExpression between:
                return CheckBetween(between);
            case IsExpression test:
                return CheckIs(test);
            case AlertActiveExpression alert:
                return CheckAlert(alert);
            default:
                Error(
                    expression.Span, Codes.Type, "this is a number, where a condition is wanted",
                    expression is NameExpression name ? $"compare it, for example `{name.Name} < 90`" : "compare it with something, for example `> 90`");
                return false;
        }
    }

    private bool CheckComparison(ComparisonExpression comparison)
    {
        if (LetterMistake(comparison))
        {
            return false;
        }

        var left = CheckNumber(comparison.Left);
        var right = CheckNumber(comparison.Right);
        if (left is null || right is null || !Fit(left, right, comparison.Right.Span) || !Fit(right, left, comparison.Left.Span))
        {
            return false;
        }

        if (left.Constant is not null && right.Constant is null)
        {
            WarnImplausible(comparison.Right, left, comparison.Left.Span);
        }
        else
        {
            WarnImplausible(comparison.Left, right, comparison.Right.Span);
        }

        return true;
    }

    private bool CheckBetween(BetweenExpression between)
    {
        var operand = CheckNumber(between.Operand);
        var low = CheckNumber(between.Low);
        var high = CheckNumber(between.High);
        if (operand is null || low is null || high is null || !Fit(operand, low, between.Low.Span) || !Fit(operand, high, between.High.Span))
        {
            return false;
        }

        if (low.Constant is { } first && high.Constant is { } last && first > last)
        {
            Error(
                between.Low.Span.To(between.High.Span), Codes.Range, "the range is empty: its lower end is above its upper end",
                "write the smaller number first");
            return false;
        }

        WarnImplausible(between.Operand, low, between.Low.Span);
        WarnImplausible(between.Operand, high, between.High.Span);
        return true;
    }

    private bool CheckAlert(AlertActiveExpression test)
    {
        LooksAtSomething = true;
        if (vocabulary.Alerts.Contains(test.Alert) || vocabulary.Incomplete || vocabulary.Broken.Contains(test.Alert))
        {
            return true;
        }

        Error(
            test.AlertSpan, Codes.UnknownAlert, $"there is no alert named '{test.Alert}'",
            vocabulary.FormerAlerts.TryGetValue(test.Alert, out var now) ? $"it is called `{now}` now" : Suggestions.DidYouMean(test.Alert, vocabulary.Alerts));
        return false;
    }

    private bool CheckIs(IsExpression test)
    {
        if (Resolve(test.Name, test.NameSpan) is not { } number)
        {
            return false;
        }

        LooksAtSomething = true;
        return test.What switch
        {
            "missing" => CheckMissing(test),
            "no value" => CheckNoValue(test),
            "on" or "off" => CheckSwitch(test, number),
            _ => CheckLetter(test, number),
        };
    }

    private bool CheckMissing(IsExpression test)
    {
        var signal = vocabulary.Signal(test.Name);
        return signal?.MissingAfter is not null || Refuse(
            test.WhatSpan, Codes.Impossible, $"{test.Name} is never missing",
            signal is null ? "ask for the signals it is derived from" : $"give the signal {test.Name} a `missing after`");
    }

    private bool CheckNoValue(IsExpression test) =>
        vocabulary.Signal(test.Name)?.NoValueAtOrBelow is not null || Refuse(
            test.WhatSpan, Codes.Impossible, $"no number of {test.Name} is declared to be no value",
            "declare it at the signal, for example `no value: \"<= 0\"`, or write `is missing`");

    private bool CheckSwitch(IsExpression test, NumberType number) =>
        number.Display.Form == SignalForm.Switch
        || Refuse(test.WhatSpan, Codes.Form, $"{test.Name} is not on or off", "compare it, for example with `>`");

    private bool CheckLetter(IsExpression test, NumberType number)
    {
        var letters = vocabulary.Signal(test.Name)?.Letters ?? "";
        if (number.Display.Form != SignalForm.Letter)
        {
            return Refuse(
                test.WhatSpan, Codes.Form, $"{test.Name} cannot be '{test.What}'",
                Suggestions.DidYouMean(test.What, ["missing", "no value", "on", "off"]) ?? "a number is compared, for example with `<`");
        }

        return (test.What.Length == 1 && letters.Contains(test.What[0], StringComparison.Ordinal))
            || Refuse(test.WhatSpan, Codes.Form, $"{test.Name} is never '{test.What}'", $"it is one of {string.Join(", ", letters.ToCharArray())}");
    }

    /// <summary><c>avpu = A</c> is what people try first; tell them the words for it.</summary>
    private bool LetterMistake(ComparisonExpression comparison)
    {
        if (comparison.Left is not NameExpression name || vocabulary.Signal(name.Name) is not { Form: not SignalForm.Number } signal)
        {
            return false;
        }

        var letter = comparison.Right is NameExpression right ? right.Name : signal.Letters is [var first, ..] ? first.ToString() : "on";
        return !Refuse(
            comparison.Span, Codes.Form, $"{name.Name} is not a number and cannot be compared with `{comparison.Sign.Shown()}`",
            $"write `{name.Name} is {letter}`");
    }

    private NumberType? Resolve(string name, TextSpan span)
    {
        if (vocabulary.Find(name) is { } number)
        {
            return number;
        }

        if (vocabulary.Incomplete || vocabulary.Broken.Contains(name))
        {
            return null;
        }

        var help = vocabulary.Limits.ContainsKey(name) ? $"write `limit {name}`"
            : vocabulary.Catalogue.Find(name) is { } signal ? $"in rules it is called `{signal.Id}`"
            : ShippedRules.SignalCatalogue.Find(name) is { } shipped && shipped.Id == name
            ? "the shipped signals count only where no file declares any, and one does: declare it too, or begin with the shipped 00-signals.yaml"
            : Suggestions.DidYouMean(name, vocabulary.Numbers)
            ?? Suggestions.DidYouMean(name, vocabulary.Limits.Keys, "limit ")
            ?? Suggestions.DidYouMean(name, vocabulary.Catalogue.Signals.Select(known => known.Name));
        Error(span, Codes.UnknownName, $"there is no signal or limit named '{name}'", help);
        return null;
    }

    private bool Refuse(TextSpan span, string code, string message, string? help)
    {
        Error(span, code, message, help);
        return false;
    }

    private void Error(TextSpan span, string code, string message, string? help) =>
        diagnostics.Error(node, span with { Start = span.Start + offset }, code, message, help);
}
