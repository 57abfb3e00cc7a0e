using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Reads what is expected of a signal, a derived signal or a score: <c>{ value: news2, is: 5 to 9, at: 3 min }</c>.</summary>
internal sealed class ValueExpectationReader(RuleSet rules, DiagnosticBag diagnostics)
{
    /// <summary>The key by which it is told from what is expected of an alert.</summary>
    public const string Key = "value";

    private const string Example = "write for example `{ value: news2, is: 7, at: 3 min }`";

    private readonly TimeReader _times = new(diagnostics);

    /// <summary>The expectation; null where a mistake was reported.</summary>
    public ValueExpectation? Read(ConfigNode node)
    {
        var reader = new MappingReader(node, diagnostics, "`value`", [Key, "is", "at"]);
        var slot = SlotOf(reader.Text(Key));
        var wanted = reader.Required("is", node, "this does not say what the value is", Example);
        var at = reader.Required("at", node, "`value` needs a time", Example) is null ? null : _times.Time(reader, "at");
        return slot is not null && wanted is not null && Amount(wanted, slot) is var (low, high) && at is { } time
            ? new ValueExpectation(slot.Id, low, high, time, node.Source.LineOf(node.Start))
            : null;
    }

    private SlotInfo? SlotOf(ConfigNode? name)
    {
        if (name is null)
        {
            return null;
        }

        var layout = rules.Programs.Layout;
        if (layout.Knows(name.Text))
        {
            return layout.Slots[layout.SlotOf(name.Text)];
        }

        var known = layout.Catalogue.Signals.Select(signal => signal.Id).Concat(rules.Definition.Derived.Select(derived => derived.Name));
        diagnostics.Error(
            name, Codes.UnknownName, $"there is no signal or derived signal named '{name.Text}'",
            Suggestions.DidYouMean(name.Text, known) ?? "signals stand under `signals:`, derived signals and scores under `derive:`");
        return null;
    }

    /// <summary>What it has to be; NaN for unknown, null where a mistake was reported.</summary>
    private (double Low, double High)? Amount(ConfigNode node, SlotInfo slot)
    {
        var text = node.Text.Trim();
        var isScore = slot.Kind is SlotKind.Score or SlotKind.Sum;
        var ends = text.Split(" to ", 2);
        if (text == "unknown")
        {
            return (double.NaN, double.NaN);
        }

        if (ends.Length == 2 && !isScore)
        {
            diagnostics.Error(node, Codes.Number, "only a score can be a range, while parts of it are missing", "write one value, or `unknown`");
            return null;
        }

        if (Number(ends[0], slot) is not { } low || Number(ends[^1], slot) is not { } high)
        {
            var help = slot.Display.Form switch
            {
                SignalForm.Letter => $"it is one of {string.Join(", ", slot.Signal!.Letters.AsEnumerable())}, or `unknown`",
                SignalForm.Switch => "it is `on`, `off` or `unknown`",
                _ => isScore ? "write a number, a range such as `5 to 9`, or `unknown`" : "write a number, or `unknown`",
            };
            diagnostics.Error(node, Codes.Number, $"'{text}' is no value of {slot.Id}", help);
            return null;
        }

        if (low > high)
        {
            diagnostics.Error(node, Codes.Range, "the range is empty: its lower end is above its upper end", "write the smaller number first");
            return null;
        }

        return (low, high);
    }

    private static double? Number(string text, SlotInfo slot)
    {
        text = text.Trim();
        switch (slot.Display.Form)
        {
            case SignalForm.Letter:
                return text.Length == 1 && slot.Signal!.Letters.Contains(text[0], StringComparison.Ordinal) ? text[0] : null;
            case SignalForm.Switch:
                return text switch
                {
                    "on" => 1,
                    "off" => 0,
                    _ => null,
                };
            default:
                var unit = new[] { slot.Display.Unit, slot.Unit }.FirstOrDefault(unit => unit.Length > 0 && text.EndsWith(unit, StringComparison.Ordinal)) ?? "";
                return double.TryParse(
                    text[..^unit.Length].TrimEnd(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                    ? number
                    : null;
        }
    }
}
