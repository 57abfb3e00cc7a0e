using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>overrides:</c>: other limits and derived signals for a ward or for patients with a tag.</summary>
internal sealed class OverridesReader(Vocabulary vocabulary, DiagnosticBag diagnostics)
{
    private const int MostOverrides = 500;
    private const string Example = "write for example `- { for: { ward: ICU-2 }, limits: { spo2_low: 88 } }`";

    /// <summary>The overrides read so far, in the order of the files.</summary>
    public List<OverrideDefinition> Overrides { get; } = [];

    /// <summary>Where the limits and uses of an override stand, for what is found out later.</summary>
    public Dictionary<object, ConfigNode> Nodes { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Reads the overrides of one file.</summary>
    public void Read(ConfigNode overrides)
    {
        if (overrides.Kind != ConfigKind.List)
        {
            diagnostics.Error(overrides, Codes.Shape, "`overrides` wants a list", Example);
            return;
        }

        foreach (var item in overrides.Items)
        {
            if (Overrides.Count == MostOverrides)
            {
                diagnostics.Error(item, Codes.TooLarge, $"there are at most {MostOverrides} overrides");
                return;
            }

            if (item.Kind != ConfigKind.Mapping)
            {
                diagnostics.Error(item, Codes.Shape, "this is no override", Example);
            }
            else
            {
                ReadOverride(item);
            }
        }
    }

    private void ReadOverride(ConfigNode node)
    {
        var reader = new MappingReader(node, diagnostics, "an override", Keys.Override);
        var scope = ReadScope(reader, node);
        var limits = ReadLimits(reader);
        var uses = ReadUses(reader);
        if (node.KeyOf("limits") is null && node.KeyOf("use") is null)
        {
            diagnostics.Error(node.KeyOf("for") ?? node, Codes.MissingKey, "this override changes nothing", "give it `limits` or `use`");
        }

        if (scope is { } known)
        {
            Overrides.Add(new OverrideDefinition(known.Scope, known.Names, limits, uses, node.Place));
        }
    }

    private (OverrideScope Scope, ImmutableArray<string> Names)? ReadScope(MappingReader reader, ConfigNode owner)
    {
        const string Forms = "write `for: site`, `for: { ward: ICU-2 }`, or `for: { tag: spo2-scale-2 }`";
        if (reader.Node("for") is not { } node)
        {
            diagnostics.Error(owner, Codes.MissingKey, "this override does not say for whom it is", Forms);
            return null;
        }

        if (node.Kind == ConfigKind.Text)
        {
            if (node.Text == "site")
            {
                return (OverrideScope.Site, []);
            }

            diagnostics.Error(node, Codes.Choice, $"`for` cannot be '{node.Text}'", Forms);
            return null;
        }

        if (node.Kind == ConfigKind.Mapping && node.KeyOf("patient") is { } patient)
        {
            diagnostics.Error(
                patient, Codes.Choice, "limits of one patient do not stand in files", "they are set at the bedside, on the board, with a reason and an end");
            return null;
        }

        if (node.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(node, Codes.Shape, "`for` wants `site`, a ward or a tag", Forms);
            return null;
        }

        var whom = new MappingReader(node, diagnostics, "`for` of an override", Keys.OverrideFor);
        if (node.Entries.Count != 1)
        {
            diagnostics.Error(node, Codes.Shape, "an override is for wards or for tags, one of the two", "write two overrides");
            return null;
        }

        var key = node.Entries[0].Key.Text;
        if (!Keys.OverrideFor.Contains(key))
        {
            return null;
        }

        var names = whom.Names(key);
        return names.IsEmpty ? null : (key == "ward" ? OverrideScope.Ward : OverrideScope.Tag, names);
    }

    private ImmutableArray<LimitOverride> ReadLimits(MappingReader reader)
    {
        if (reader.Mapping("limits", "`limits` of an override wants the name of each limit with its value", "write for example `limits: { spo2_low: 88 }`") is not { } node)
        {
            return [];
        }

        var limits = ImmutableArray.CreateBuilder<LimitOverride>();
        foreach (var (key, value) in node.Entries)
        {
            if (!vocabulary.Limits.TryGetValue(key.Text, out var limit))
            {
                if (!vocabulary.Incomplete && !vocabulary.Broken.Contains(key.Text))
                {
                    diagnostics.Error(
                        key, Codes.UnknownName, $"there is no limit named '{key.Text}'",
                        Suggestions.DidYouMean(key.Text, vocabulary.Limits.Keys) ?? "declare it under `limits:` of the file, with its usual value");
                }
            }
            else if (value.Kind == ConfigKind.Mapping)
            {
                diagnostics.Error(value, Codes.Shape, "an override gives a limit another value, and nothing else", $"write for example `{key.Text}: {Shown(limit.Value)}`");
            }
            else if (MappingReader.Number(value, diagnostics) is not { } number)
            {
                // Reported.
            }
            else if (number < limit.AllowedLow || number > limit.AllowedHigh)
            {
                diagnostics.Error(
                    value, Codes.OutsideAllowed,
                    $"{Shown(number)} is outside what {key.Text} may be set to, {Shown(limit.AllowedLow)} to {Shown(limit.AllowedHigh)}",
                    $"the range stands at {limit.Place}");
            }
            else
            {
                var changed = new LimitOverride(key.Text, number, value.Place);
                Nodes.Add(changed, value);
                limits.Add(changed);
            }
        }

        return limits.ToImmutable();
    }

    private ImmutableArray<UseOverride> ReadUses(MappingReader reader)
    {
        if (reader.Mapping("use", "`use` wants derived signals, each with the one that takes its place", "write for example `use: { spo2_points: spo2_scale_2 }`") is not { } node)
        {
            return [];
        }

        var uses = ImmutableArray.CreateBuilder<UseOverride>();
        foreach (var (key, value) in node.Entries)
        {
            if (value.Kind != ConfigKind.Text)
            {
                diagnostics.Error(value, Codes.Shape, "the name of a derived signal is wanted here");
            }
            else
            {
                var derived = Find(key);
                var instead = Find(value);
                if (derived is null || instead is null || !Replaces(derived, instead, value))
                {
                    continue;
                }

                var use = new UseOverride(derived.Name, instead.Name, value.Place);
                Nodes.Add(use, value);
                uses.Add(use);
            }
        }

        return uses.ToImmutable();
    }

    private DerivedDefinition? Find(ConfigNode name)
    {
        if (vocabulary.Derived.TryGetValue(name.Text, out var derived) || vocabulary.Incomplete || vocabulary.Broken.Contains(name.Text))
        {
            return derived;
        }

        if (vocabulary.Signal(name.Text) is null)
        {
            diagnostics.Error(
                name, Codes.UnknownName, $"there is no derived signal named '{name.Text}'",
                Suggestions.DidYouMean(name.Text, vocabulary.Derived.Keys) ?? "declare it under `derive:`");
        }
        else
        {
            diagnostics.Error(
                name, Codes.Type, $"{name.Text} is measured, and `use` is for derived signals", $"derive a signal from {name.Text}, and name that in the rules");
        }

        return null;
    }

    private bool Replaces(DerivedDefinition derived, DerivedDefinition instead, ConfigNode node)
    {
        if (derived == instead)
        {
            diagnostics.Error(node, Codes.Contradiction, $"{derived.Name} takes the place of itself", "name another derived signal");
            return false;
        }

        if (derived is ExpressionDefinition == instead is ExpressionDefinition && (derived is not ExpressionDefinition || derived.Unit == instead.Unit))
        {
            return true;
        }

        diagnostics.Error(
            node, Codes.Type, $"{derived.Name} is {KindOf(derived)}, {instead.Name} is {KindOf(instead)}",
            "a derived signal is replaced by one of the same kind and unit");
        return false;
    }

    private static string KindOf(DerivedDefinition derived) =>
        derived is not ExpressionDefinition ? "a score" : derived.Unit.Length == 0 ? "a number without a unit" : $"a number in {derived.Unit}";

    private static string Shown(double number) => number.ToString(CultureInfo.InvariantCulture);
}
