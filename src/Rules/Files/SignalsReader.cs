using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Engine;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>signals:</c>.</summary>
/// <param name="diagnostics">Where mistakes go.</param>
/// <param name="shipped">The shipped signals, of which nothing should be forgotten when they are declared again; null: they are what is read.</param>
internal sealed class SignalsReader(DiagnosticBag diagnostics, SignalCatalogue? shipped = null)
{
    private const int MostSignals = 200;
    private const string NeverOld = "leave it out if the signal never goes missing or out of date";

    private readonly Dictionary<string, ConfigNode> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The signals read so far, in the order of the files.</summary>
    public List<SignalDeclaration> Signals { get; } = [];

    /// <summary>Ids that were declared with a mistake.</summary>
    public HashSet<string> Broken { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads the signals of one file.</summary>
    public void Read(ConfigNode signals)
    {
        if (signals.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(
                signals, Codes.Shape, "`signals` wants the name of each signal with what is known of it below",
                "write for example `spo2: { name: SpO2, unit: \"%\" }`");
            return;
        }

        foreach (var (key, value) in signals.Entries)
        {
            if (Signals.Count == MostSignals)
            {
                diagnostics.Error(key, Codes.TooLarge, $"there are at most {MostSignals} signals");
                return;
            }

            if (ReadSignal(key, value) is { } signal)
            {
                Signals.Add(signal);
            }
            else
            {
                Broken.Add(key.Text);
            }
        }
    }

    private SignalDeclaration? ReadSignal(ConfigNode key, ConfigNode value)
    {
        if (!Names.IsId(key.Text))
        {
            diagnostics.Error(
                key, Codes.Name, $"'{key.Text}' cannot name a signal", Names.IsKeyword(key.Text) ? "it is a word of the language" : Names.IdForm);
            return null;
        }

        if (value.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(value, Codes.Shape, $"what is known of {key.Text} stands below it", "write for example `{ name: SpO2, unit: \"%\" }`");
            return null;
        }

        var reader = new MappingReader(value, diagnostics, "a signal", Keys.Signal);
        var form = reader.Choice("form", ["number", "letter", "switch"]) switch
        {
            "letter" => SignalForm.Letter,
            "switch" => SignalForm.Switch,
            _ => SignalForm.Number,
        };
        var letters = ReadLetters(reader, form, key);
        var plausible = reader.Range("plausible");
        var aliases = ReadAliases(reader);
        var unit = reader.Text("unit")?.Text.Trim() ?? "";
        var unique = Claim(key.Text, key);
        foreach (var alias in aliases)
        {
            unique &= Claim(alias.Text.Trim(), alias);
        }

        if (!unique || letters is null)
        {
            return null;
        }

        var signal =
            new Signal
            {
                Index = Signals.Count,
                Id = key.Text,
                Name = reader.Text("name")?.Text.Trim() ?? key.Text,
                Unit = unit,
                UnitShown = reader.Text("shown as")?.Text.Trim() ?? unit,
                Loinc = reader.Text("loinc")?.Text.Trim(),
                MdcCode = reader.WholeNumber("mdc", 1, int.MaxValue),
                Form = form,
                Letters = letters,
                OfDevice = reader.Choice("of", ["patient", "device"]) == "device",
                PlausibleLow = plausible?.Low ?? double.NegativeInfinity,
                PlausibleHigh = plausible?.High ?? double.PositiveInfinity,
                NoValueAtOrBelow = ReadNoValue(reader),
                Aliases = [.. aliases.Select(alias => alias.Text.Trim())],
                MissingAfter = reader.Positive("missing after", NeverOld),
                ValidFor = reader.Positive("valid for", NeverOld),
                Decimals = reader.WholeNumber("decimals", 0, 3) ?? 0,
            };
        WarnIfLessThanShipped(key, signal);
        return new SignalDeclaration(
            signal,
            [.. reader.Texts("sensor off").Select(words => DeviceAlarms.Normalise(words.Text)).Where(words => words.Length > 0)])
        {
            Place = key.Place,
        };
    }

    /// <summary>Without its <c>no value</c> the 0 of a monitor would count as a heart rate, without its aliases a device would not be understood.</summary>
    private void WarnIfLessThanShipped(ConfigNode key, Signal signal)
    {
        if (shipped?.Find(signal.Id) is not { } known || known.Id != signal.Id)
        {
            return;
        }

        string[] forgotten =
        [
            .. known.NoValueAtOrBelow is not null && signal.NoValueAtOrBelow is null ? ["`no value`"] : Array.Empty<string>(),
            .. double.IsFinite(known.PlausibleLow) && double.IsInfinity(signal.PlausibleLow) ? ["`plausible`"] : Array.Empty<string>(),
            .. known.Aliases.Count > 0 && signal.Aliases.Count == 0 ? ["`aliases`"] : Array.Empty<string>(),
        ];
        if (forgotten.Length > 0)
        {
            diagnostics.Warn(
                key, new TextSpan(0, key.Text.Length), Codes.LessThanShipped, $"{signal.Id} is declared without {string.Join(", ", forgotten)}, which the shipped signal has",
                "begin with the shipped 00-signals.yaml: what is left out is not taken from there");
        }
    }

    private string? ReadLetters(MappingReader reader, SignalForm form, ConfigNode key)
    {
        var letters = reader.Text("letters");
        if (form != SignalForm.Letter)
        {
            if (letters is not null)
            {
                diagnostics.Error(letters, Codes.Form, "only a signal of the form letter has letters", "write `form: letter` too");
            }

            return "";
        }

        if (letters is not null && letters.Text.All(char.IsAsciiLetterUpper) && letters.Text.Distinct().Count() == letters.Text.Length)
        {
            return letters.Text;
        }

        diagnostics.Error(
            letters ?? key, Codes.Form, "a signal of the form letter names its letters, each once, in capitals",
            "write for example `letters: ACVPU`");
        return null;
    }

    /// <summary><c>no value: "&lt;= 0"</c>.</summary>
    private double? ReadNoValue(MappingReader reader)
    {
        if (reader.Text("no value") is not { } node)
        {
            return null;
        }

        var text = node.Text.Trim();
        if (text.StartsWith("<=", StringComparison.Ordinal)
            && double.TryParse(text.AsSpan(2).Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            return number;
        }

        diagnostics.Error(node, Codes.Number, $"`no value` cannot be '{node.Text}'", "write for example `no value: \"<= 0\"`");
        return null;
    }

    private List<ConfigNode> ReadAliases(MappingReader reader)
    {
        const int LongestAlias = 64;
        var aliases = reader.Texts("aliases");
        foreach (var alias in aliases.Where(alias => alias.Text.Length > LongestAlias))
        {
            diagnostics.Error(alias, Codes.Name, $"a name that devices use is at most {LongestAlias} long");
        }

        return aliases;
    }

    private bool Claim(string name, ConfigNode node)
    {
        if (_names.TryAdd(name, node))
        {
            return true;
        }

        var first = _names[name];
        diagnostics.Error(
            node, Codes.DuplicateName, $"the name '{name}' belongs to a signal already",
            $"see {first.Source.Name}:{first.Source.LineOf(first.Start)}; upper and lower case do not matter");
        return false;
    }
}
