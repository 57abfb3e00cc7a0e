using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads the keys of one mapping and reports those it does not know; every getter reports what is wrong and then gives null.</summary>
internal sealed class MappingReader
{
    private readonly ConfigNode _mapping;
    private readonly DiagnosticBag _diagnostics;

    /// <summary>Checks the keys.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="diagnostics">Where mistakes go.</param>
    /// <param name="what">What the mapping describes, for example "a rule".</param>
    /// <param name="known">The keys it can have.</param>
    public MappingReader(ConfigNode mapping, DiagnosticBag diagnostics, string what, string[] known)
    {
        _mapping = mapping;
        _diagnostics = diagnostics;
        foreach (var (key, _) in mapping.Entries)
        {
            if (!known.Contains(key.Text))
            {
                diagnostics.Error(
                    key, Codes.UnknownKey, $"'{key.Text}' is not something {what} can have",
                    Suggestions.DidYouMean(key.Text, known) ?? $"{what} can have {string.Join(", ", known)}");
            }
        }
    }

    private MappingReader(ConfigNode mapping, DiagnosticBag diagnostics)
    {
        _mapping = mapping;
        _diagnostics = diagnostics;
    }

    /// <summary>Reads a mapping whose keys have been checked before.</summary>
    public static MappingReader Checked(ConfigNode mapping, DiagnosticBag diagnostics) => new(mapping, diagnostics);

    /// <summary>The value of a key; null if it is not there.</summary>
    public ConfigNode? Node(string key) => _mapping.Find(key);

    /// <summary>A text that is not empty.</summary>
    public ConfigNode? Text(string key)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node.Kind == ConfigKind.Text && !string.IsNullOrWhiteSpace(node.Text))
        {
            return node;
        }

        var braces = node.Kind == ConfigKind.Mapping && node.Source.Text.AsSpan(node.Start).StartsWith("{");
        _diagnostics.Error(
            node.Kind == ConfigKind.Text ? _mapping.KeyOf(key)! : node,
            Codes.Shape,
            node.Kind == ConfigKind.Text ? $"`{key}` has no value" : $"`{key}` wants a text",
            braces ? "a text that begins with `{` has to stand in quotes" : null);
        return null;
    }

    /// <summary>A text that has to be there.</summary>
    public ConfigNode? Required(string key, ConfigNode owner, string message, string help)
    {
        if (_mapping.KeyOf(key) is not null)
        {
            return Text(key);
        }

        _diagnostics.Error(owner, Codes.MissingKey, message, help);
        return null;
    }

    /// <summary>A duration, if the key is there.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } node)
        {
            return null;
        }

        try
        {
            return Durations.Parse(node.Text);
        }
        catch (ExpressionException mistake)
        {
            _diagnostics.Error(node, mistake);
            return null;
        }
    }

    /// <summary>A duration longer than 0, if the key is there.</summary>
    public TimeSpan? Positive(string key, string help)
    {
        if (Duration(key) is not { } span)
        {
            return null;
        }

        if (span > TimeSpan.Zero)
        {
            return span;
        }

        _diagnostics.Error(Node(key)!, Codes.Duration, $"`{key}` is longer than 0", help);
        return null;
    }

    /// <summary>True or false; <paramref name="absent"/> if the key is not there.</summary>
    public bool Flag(string key, bool absent = false) =>
        Text(key) is { } node ? Choice(node, ["true", "false"], $"`{key}` is true or false") == "true" : absent;

    /// <summary>One of a few words, if the key is there.</summary>
    public string? Choice(string key, string[] choices) =>
        Text(key) is { } node ? Choice(node, choices, $"`{key}` is {string.Join(" or ", choices)}") : null;

    /// <summary>A number, if the key is there.</summary>
    public double? Number(string key) => Text(key) is { } node ? Number(node, _diagnostics) : null;

    /// <summary>A whole number within a range, if the key is there.</summary>
    public int? WholeNumber(string key, int low, int high)
    {
        if (Text(key) is not { } node)
        {
            return null;
        }

        if (int.TryParse(node.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= low && number <= high)
        {
            return number;
        }

        _diagnostics.Error(node, Codes.Number, $"`{key}` is a whole number from {low} to {high}");
        return null;
    }

    /// <summary>A range such as <c>80 to 94</c>, if the key is there.</summary>
    public (double Low, double High)? Range(string key)
    {
        if (Text(key) is not { } node)
        {
            return null;
        }

        var parts = node.Text.Split(" to ", 2);
        if (parts.Length == 2 && TryNumber(parts[0].Trim(), out var low) && TryNumber(parts[1].Trim(), out var high))
        {
            if (low < high)
            {
                return (low, high);
            }

            _diagnostics.Error(node, Codes.Range, "the range is empty: its lower end is not below its upper end", "write the smaller number first");
            return null;
        }

        _diagnostics.Error(node, Codes.Range, $"'{node.Text}' is no range", "write for example `80 to 94`");
        return null;
    }

    /// <summary>A list of texts, or one text; empty if the key is not there.</summary>
    public List<ConfigNode> Texts(string key)
    {
        if (Node(key) is not { } node)
        {
            return [];
        }

        var items = node.Kind == ConfigKind.List ? node.Items : [node];
        foreach (var item in items.Where(item => item.Kind != ConfigKind.Text || string.IsNullOrWhiteSpace(item.Text)))
        {
            _diagnostics.Error(item, Codes.Shape, $"`{key}` wants a list of texts", "write for example `[one, two]`");
        }

        return [.. items.Where(item => item.Kind == ConfigKind.Text && !string.IsNullOrWhiteSpace(item.Text))];
    }

    /// <summary>A mapping, if the key is there and not empty.</summary>
    public ConfigNode? Mapping(string key, string message, string help)
    {
        if (Node(key) is not { } node)
        {
            return null;
        }

        if (node.Kind == ConfigKind.Mapping)
        {
            return node;
        }

        _diagnostics.Error(node.Kind == ConfigKind.Text && node.Text.Length == 0 ? _mapping.KeyOf(key)! : node, Codes.Shape, message, help);
        return null;
    }

    /// <summary>Names that the files cannot check (wards, tags), one or a list, each once; empty if a mistake was reported.</summary>
    public ImmutableArray<string> Names(string key)
    {
        const int Longest = 80;
        var names = new List<string>();
        foreach (var node in Texts(key))
        {
            var name = node.Text.Trim();
            if (name.Length > Longest || name.Any(char.IsControl))
            {
                _diagnostics.Error(node, Codes.Name, $"a {key} is named on one line, with at most {Longest} letters");
            }
            else if (names.Contains(name))
            {
                _diagnostics.Error(node, Codes.DuplicateName, $"'{name}' stands here twice", "keep it once");
            }
            else
            {
                names.Add(name);
            }
        }

        if (Node(key) is { Kind: ConfigKind.List, Items.Count: 0 } empty)
        {
            _diagnostics.Error(empty, Codes.Shape, $"`{key}` names nothing", $"write for example `{key}: [A, B]`, or leave it out");
        }

        return [.. names];
    }

    /// <summary>A number written in a node; null when that is reported to be none.</summary>
    public static double? Number(ConfigNode node, DiagnosticBag diagnostics)
    {
        if (node.Kind == ConfigKind.Text && TryNumber(node.Text, out var number))
        {
            return number;
        }

        diagnostics.Error(
            node, Codes.Number, node.Kind == ConfigKind.Text ? $"'{node.Text}' is not a number" : "a number is wanted here",
            node.Text.Contains(',', StringComparison.Ordinal)
                ? "decimals are written with a point"
                : "write a plain number, for example `90` or `37.5`, without a unit");
        return null;
    }

    private string? Choice(ConfigNode node, string[] choices, string message)
    {
        if (choices.Contains(node.Text))
        {
            return node.Text;
        }

        var help = node.Text.ToLowerInvariant() switch
        {
            "yes" or "on" when choices.Contains("true") => "write `true`",
            "no" or "off" when choices.Contains("false") => "write `false`",
            _ => Suggestions.DidYouMean(node.Text, choices) ?? $"write `{string.Join("`, `", choices[..^1])}` or `{choices[^1]}`",
        };
        _diagnostics.Error(node, Codes.Choice, $"{message}, not '{node.Text}'", help);
        return null;
    }

    private static bool TryNumber(string text, out double number)
    {
        const double Largest = 1e12;
        return double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && Math.Abs(number) <= Largest;
    }
}
