using System.Globalization;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>limits:</c>: named numbers with the range anybody may ever set them to.</summary>
internal sealed class LimitsReader(Scope scope, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, ConfigNode> _names = new(StringComparer.Ordinal);

    /// <summary>Reads the limits of one file.</summary>
    public void Read(ConfigNode limits)
    {
        if (limits.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(
                limits, Codes.Shape, "`limits` wants the name of each limit with its value",
                "write for example `spo2_low: { value: 90, allowed: 80 to 94 }`");
            return;
        }

        foreach (var (key, value) in limits.Entries)
        {
            if (!Names.IsId(key.Text))
            {
                diagnostics.Error(
                    key, Codes.Name, $"'{key.Text}' cannot name a limit", Names.IsKeyword(key.Text) ? "it is a word of the language" : Names.IdForm);
                scope.Broken.Add(key.Text);
            }
            else if (scope.Slots.ContainsKey(key.Text))
            {
                diagnostics.Error(
                    key, Codes.DuplicateName, $"'{key.Text}' is a signal already",
                    $"name the limit for example `{key.Text}_low` or `{key.Text}_high`");
                scope.Broken.Add(key.Text);
            }
            else if (!_names.TryAdd(key.Text, key))
            {
                var first = _names[key.Text];
                diagnostics.Error(
                    key, Codes.DuplicateName, $"there is a limit named '{key.Text}' already",
                    $"see {first.Source.Name}:{first.Source.LineOf(first.Start)}; keep one of them");
            }
            else if (ReadValue(key, value) is { } number)
            {
                scope.Limits.Add(key.Text, number);
            }
            else
            {
                scope.Broken.Add(key.Text);
            }
        }
    }

    private double? ReadValue(ConfigNode key, ConfigNode node)
    {
        var place = new Place(key.Source.Name, key.Source.LineOf(key.Start));
        if (node.Kind != ConfigKind.Mapping)
        {
            if (MappingReader.Number(node, diagnostics) is not { } number)
            {
                return null;
            }

            scope.LimitDefinitions.Add(new LimitDefinition(key.Text, number, double.NegativeInfinity, double.PositiveInfinity, place));
            return number;
        }

        var reader = new MappingReader(node, diagnostics, "a limit", ["value", "allowed"]);
        var allowed = reader.Range("allowed");
        if (reader.Node("value") is not { } valueNode)
        {
            diagnostics.Error(node, Codes.MissingKey, "this limit has no `value`", "write for example `{ value: 90, allowed: 80 to 94 }`");
            return null;
        }

        if (MappingReader.Number(valueNode, diagnostics) is not { } value)
        {
            return null;
        }

        if (allowed is { } range && (value < range.Low || value > range.High))
        {
            diagnostics.Error(
                valueNode, Codes.OutsideAllowed,
                string.Create(CultureInfo.InvariantCulture, $"{value} is outside what is allowed here, {range.Low} to {range.High}"), "change the value, or the range if that is meant");
            return null;
        }

        scope.LimitDefinitions.Add(new LimitDefinition(
            key.Text, value, allowed?.Low ?? double.NegativeInfinity, allowed?.High ?? double.PositiveInfinity, place));
        return value;
    }
}
