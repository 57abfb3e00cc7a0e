using IoTGateway.Rules.Checking;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>derive:</c>: signals computed from others. They may stand in any order and in several files; circles are refused.</summary>
internal sealed partial class DeriveReader(Vocabulary vocabulary, DiagnosticBag diagnostics, AnalysisBudget budget)
{
    private const int MostDerived = 200;

    private readonly Dictionary<string, Declaration> _declarations = new(StringComparer.Ordinal);
    private readonly List<string> _path = [];

    /// <summary>The derived signals, each behind those it is computed from; after <see cref="Finish"/>.</summary>
    public List<DerivedDefinition> Derived { get; } = [];

    /// <summary>Where each is declared.</summary>
    public ConfigNode KeyOf(string name) => _declarations[name].Key;

    /// <summary>Takes in the derived signals of one file.</summary>
    public void Read(ConfigNode derive)
    {
        if (derive.Kind != ConfigKind.Mapping)
        {
            diagnostics.Error(
                derive, Codes.Shape, "`derive` wants the name of each derived signal with its value",
                "write for example `map_calc: { value: (sbp + 2 * dbp) / 3, valid for: 15 min }`");
            return;
        }

        foreach (var (key, value) in derive.Entries)
        {
            if (_declarations.Count == MostDerived)
            {
                diagnostics.Error(key, Codes.TooLarge, $"there are at most {MostDerived} derived signals");
                return;
            }

            Declare(key, value);
        }
    }

    /// <summary>Reads what they are, each behind those it needs, and adds them to the vocabulary.</summary>
    public void Finish()
    {
        foreach (var name in _declarations.Keys)
        {
            Define(name);
        }
    }

    private void Declare(ConfigNode key, ConfigNode value)
    {
        if (!Names.IsId(key.Text))
        {
            diagnostics.Error(
                key, Codes.Name, $"'{key.Text}' cannot name a derived signal",
                Names.IsKeyword(key.Text) ? "it is a word of the language" : Names.IdForm);
            vocabulary.Broken.Add(key.Text);
        }
        else if (vocabulary.Catalogue.Find(key.Text) is { } signal)
        {
            diagnostics.Error(
                key, Codes.DuplicateName, $"'{key.Text}' is the signal {signal.Id} already", "give the derived signal another name");
        }
        else if (vocabulary.Limits.ContainsKey(key.Text))
        {
            diagnostics.Error(key, Codes.DuplicateName, $"'{key.Text}' is a limit already", "give one of the two another name");
            vocabulary.Broken.Add(key.Text);
        }
        else if (!_declarations.TryAdd(key.Text, new Declaration(key, value)))
        {
            var first = _declarations[key.Text].Key;
            diagnostics.Error(
                key, Codes.DuplicateName, $"there is a derived signal named '{key.Text}' already", $"see {first.Place}; keep one of them");
        }
    }

    private void Define(string name)
    {
        var declaration = _declarations[name];
        if (declaration.Defined)
        {
            return;
        }

        if (_path.IndexOf(name) is var at and >= 0)
        {
            diagnostics.Error(
                declaration.Key, Codes.Cycle, $"'{name}' needs itself: {string.Join(" -> ", _path.Skip(at).Append(name))}",
                "a derived signal is computed from others only");
            vocabulary.Broken.Add(name);
            declaration.Defined = true;
            return;
        }

        _path.Add(name);
        if (ReadDefinition(name, declaration) is { } definition && !vocabulary.Broken.Contains(name))
        {
            Derived.Add(definition);
            vocabulary.Derived.Add(name, definition);
            vocabulary.Ranges.Add(name, RangeOf(definition, declaration));
        }
        else
        {
            vocabulary.Broken.Add(name);
        }

        declaration.Defined = true;
        _path.RemoveAt(_path.Count - 1);
    }

    private void DefineAll(IEnumerable<string> names)
    {
        foreach (var name in names.Where(_declarations.ContainsKey))
        {
            Define(name);
        }
    }

    private NumberRange RangeOf(DerivedDefinition definition, Declaration declaration) => definition switch
    {
        ScoreDefinition score => new NumberRange(score.Rows.Min(row => row.Points), score.Rows.Max(row => row.Points)),
        SumDefinition sum => sum.Parts.Select(part => vocabulary.Ranges[part]).Aggregate((one, other) => NumberRange.Compute('+', one, other)),
        _ => declaration.Range,
    };

    private sealed class Declaration(ConfigNode key, ConfigNode value)
    {
        public ConfigNode Key { get; } = key;

        public ConfigNode Value { get; } = value;

        public bool Defined { get; set; }

        public NumberRange Range { get; set; } = NumberRange.Everything;
    }
}
