using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Evaluation;

internal sealed partial class Binder
{
    private ComparisonCondition? BindComparison(ComparisonExpression comparison)
    {
        if (LetterMistake(comparison))
        {
            return null;
        }

        var left = BindNumber(comparison.Left);
        var right = BindNumber(comparison.Right);
        if (left is null || right is null || !Fit(left, right, comparison.Right.Span) || !Fit(right, left, comparison.Left.Span))
        {
            return null;
        }

        var sign = comparison.Sign;
        var constantSpan = comparison.Right.Span;
        if (left.Constant is not null && right.Constant is null)
        {
            (left, right, sign, constantSpan) = (right, left, sign.Mirrored(), comparison.Left.Span);
        }

        WarnImplausible(left, right, constantSpan);
        var limitDisplay = DisplayOfLimit(left, right);
        return new ComparisonCondition(sign, new Operand(left.Node, left.Display), new Operand(right.Node, limitDisplay));
    }

    private BetweenCondition? BindBetween(BetweenExpression between)
    {
        var operand = BindNumber(between.Operand);
        var low = BindNumber(between.Low);
        var high = BindNumber(between.High);
        if (operand is null || low is null || high is null || !Fit(operand, low, between.Low.Span) || !Fit(operand, high, between.High.Span))
        {
            return null;
        }

        if (low.Constant is { } first && high.Constant is { } last && first > last)
        {
            Error(
                between.Low.Span.To(between.High.Span), Codes.Range, "the range is empty: its lower end is above its upper end",
                "write the smaller number first");
            return null;
        }

        WarnImplausible(operand, low, between.Low.Span);
        WarnImplausible(operand, high, between.High.Span);
        return new BetweenCondition(
            new Operand(operand.Node, operand.Display), new Operand(low.Node, low.Display), new Operand(high.Node, DisplayOfLimit(operand, high)), null);
    }

    private Condition? BindIs(IsExpression test)
    {
        if (Resolve(test.Name, test.NameSpan) is not { } slot)
        {
            return null;
        }

        Reads.Add(slot.Slot);
        Condition? condition = test.What switch
        {
            "missing" => BindMissing(test, slot),
            "no value" => BindNoValue(test, slot),
            "on" or "off" => BindSwitch(test, slot),
            _ => BindLetters(test, slot),
        };
        return condition is not null && test.Not ? new NotCondition(condition) : condition;
    }

    private MissingCondition? BindMissing(IsExpression test, NamedSlot slot)
    {
        if (slot.Info.MissingAfter != SlotState.None)
        {
            return new MissingCondition(slot.Slot, slot.Display.Label);
        }

        Error(
            test.WhatSpan, Codes.Impossible, $"{test.Name} is never missing",
            slot.Info.Signal is null ? "ask for the signals it is derived from" : $"give the signal {test.Name} a `missing after`");
        return null;
    }

    private NoValueCondition? BindNoValue(IsExpression test, NamedSlot slot)
    {
        if (slot.Info.Signal?.NoValueAtOrBelow is not null)
        {
            return new NoValueCondition(slot.Slot, slot.Display);
        }

        Error(
            test.WhatSpan, Codes.Impossible, $"no number of {test.Name} is declared to be no value",
            "declare it at the signal, for example `no value: \"<= 0\"`, or write `is missing`");
        return null;
    }

    private SwitchCondition? BindSwitch(IsExpression test, NamedSlot slot)
    {
        if (slot.Display.Form == SignalForm.Switch)
        {
            return new SwitchCondition(new SlotNumber(slot.Slot), slot.Display, test.What == "on");
        }

        Error(test.WhatSpan, Codes.Form, $"{test.Name} is not on or off", "compare it, for example with `>`");
        return null;
    }

    private LettersCondition? BindLetters(IsExpression test, NamedSlot slot)
    {
        var letters = slot.Info.Signal?.Letters ?? "";
        if (slot.Display.Form == SignalForm.Letter && test.What.Length == 1 && letters.Contains(test.What[0], StringComparison.Ordinal))
        {
            return new LettersCondition(new SlotNumber(slot.Slot), slot.Display, test.What[0]);
        }

        if (slot.Display.Form == SignalForm.Letter)
        {
            Error(test.WhatSpan, Codes.Form, $"{test.Name} is never '{test.What}'", $"it is one of {string.Join(", ", letters.ToCharArray())}");
        }
        else
        {
            Error(
                test.WhatSpan, Codes.Form, $"{test.Name} cannot be '{test.What}'",
                Suggestions.DidYouMean(test.What, ["missing", "no value", "on", "off"]) ?? "a number is compared, for example with `<`");
        }

        return null;
    }

    /// <summary><c>avpu = A</c> is what people try first; tell them the words for it.</summary>
    private bool LetterMistake(ComparisonExpression comparison)
    {
        if (comparison.Left is not NameExpression name || !scope.Slots.TryGetValue(name.Name, out var slot) || slot.Display.Form == SignalForm.Number)
        {
            return false;
        }

        var letter = comparison.Right is NameExpression right ? right.Name : slot.Info.Signal!.Letters is [var first, ..] ? first.ToString() : "on";
        Error(
            comparison.Span, Codes.Form, $"{name.Name} is not a number and cannot be compared with `{comparison.Sign.Shown()}`",
            $"write `{name.Name} is {letter}`");
        return true;
    }

    /// <summary>A number with a unit has to have the unit of what it is compared with: nothing is converted silently.</summary>
    private bool Fit(BoundNumber measured, BoundNumber number, TextSpan span)
    {
        if (measured.Constant is not null || number.Constant is null || number.Unit is null || measured.Unit is null
            || Units.Fits(number.Unit, measured.Unit, measured.Display.Unit))
        {
            return true;
        }

        var unit = measured.Display.Unit.Length > 0 ? $"in {measured.Display.Unit}" : "without a unit";
        Error(
            span, Codes.Unit, $"{measured.Display.Label} is measured {unit}, not in {number.Unit}",
            "give the number in the signal's unit; nothing is converted");
        return false;
    }

    private void WarnImplausible(BoundNumber measured, BoundNumber number, TextSpan span)
    {
        if (measured.Node is not SlotNumber { Slot: var slot } || number.Constant is not { } value || slot >= scope.Catalogue.Signals.Length)
        {
            return;
        }

        var signal = scope.Catalogue.Signals[slot];
        if (value < signal.PlausibleLow || value > signal.PlausibleHigh)
        {
            var unit = measured.Display.Unit.Length == 0 ? "" : $" {measured.Display.Unit}";
            var range = string.Create(CultureInfo.InvariantCulture, $"{signal.PlausibleLow} to {signal.PlausibleHigh}{unit}");
            diagnostics.Warn(
                node, span with { Start = span.Start + offset }, Codes.Implausible,
                string.Create(CultureInfo.InvariantCulture, $"{value} is outside what {signal.Id} can plausibly be ({range})"),
                signal.Unit == "Cel" && value > signal.PlausibleHigh ? "the signal is in °C; is the number in °F?" : "is it the right signal and unit?");
        }
    }

    /// <summary>A limit is written like what it limits.</summary>
    private static Display DisplayOfLimit(BoundNumber measured, BoundNumber limit) =>
        limit.Constant is null ? limit.Display : measured.Display with { Label = limit.Display.Label };
}
