using System.Globalization;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>limits:</c>: named numbers with the range anybody may ever set them to.</summary>
internal sealed class LimitsReader(Vocabulary vocabulary, DiagnosticBag diagnostics)
{
    private readonly Dictionary<string, ConfigNode> _names = new(StringComparer.Ordinal);

    /// <summary>The limits read so far, in the order of the files.</summary>
    public List<LimitDefinition> Limits { get; } = [];

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
                vocabulary.Broken.Add(key.Text);
            }
            else if (vocabulary.Signal(key.Text) is not null)
            {
                diagnostics.Error(
                    key, Codes.DuplicateName, $"'{key.Text}' is a signal already",
                    $"name the limit for example `{key.Text}_low` or `{key.Text}_high`");
                vocabulary.Broken.Add(key.Text);
            }
            else if (!_names.TryAdd(key.Text, key))
            {
                var first = _names[key.Text];
                diagnostics.Error(
                    key, Codes.DuplicateName, $"there is a limit named '{key.Text}' already",
                    $"see {first.Source.Name}:{first.Source.LineOf(first.Start)}; keep one of them");
            }
            else if (ReadValue(key.Text, value) is { } limit)
            {
                vocabulary.Limits.Add(key.Text, limit);
                Limits.Add(limit);
            }
            else
            {
                vocabulary.Broken.Add(key.Text);
            }
        }
    }

    private LimitDefinition? ReadValue(string name, ConfigNode node)
    {
        if (node.Kind != ConfigKind.Mapping)
        {
            return MappingReader.Number(node, diagnostics) is { } plain
                ? new LimitDefinition(name, plain, double.NegativeInfinity, double.PositiveInfinity, node.Place)
                : null;
        }

        var reader = new MappingReader(node, diagnostics, "a limit", Keys.Limit);
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

        return new LimitDefinition(name, value, allowed?.Low ?? double.NegativeInfinity, allowed?.High ?? double.PositiveInfinity, node.Place);
    }
}
