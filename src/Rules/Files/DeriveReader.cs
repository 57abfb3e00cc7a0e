using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Files;

/// <summary>Reads <c>derive:</c>: signals computed from others. They may stand in any order and in several files; circles are refused.</summary>
internal sealed class DeriveReader(Scope scope, DiagnosticBag diagnostics)
{
    private static readonly string[] Keys = ["value", "valid for", "name", "unit", "decimals"];
    private static readonly string[] Later = ["score", "add", "round", "points"];

    private readonly Dictionary<string, Declaration> _declarations = new(StringComparer.Ordinal);
    private readonly List<DerivedDefinition> _slots = [];
    private readonly List<string> _path = [];

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
            if (!Names.IsId(key.Text))
            {
                diagnostics.Error(
                    key, Codes.Name, $"'{key.Text}' cannot name a derived signal",
                    Names.IsKeyword(key.Text) ? "it is a word of the language" : Names.IdForm);
            }
            else if (scope.Catalogue.Find(key.Text) is { } signal)
            {
                diagnostics.Error(
                    key, Codes.DuplicateName, $"'{key.Text}' is the signal {signal.Id} already", "give the derived signal another name");
            }
            else if (scope.Limits.ContainsKey(key.Text))
            {
                diagnostics.Error(key, Codes.DuplicateName, $"'{key.Text}' is a limit already", "give one of the two another name");
            }
            else if (!_declarations.TryAdd(key.Text, new Declaration(key, value)))
            {
                var first = _declarations[key.Text].Key;
                diagnostics.Error(
                    key, Codes.DuplicateName, $"there is a derived signal named '{key.Text}' already",
                    $"see {first.Source.Name}:{first.Source.LineOf(first.Start)}; keep one of them");
            }
        }
    }

    /// <summary>Binds them, each behind those it needs, and adds them to the scope.</summary>
    public List<DerivedDefinition> Finish()
    {
        foreach (var name in _declarations.Keys.ToArray())
        {
            Bind(name);
        }

        return _slots;
    }

    private void Bind(string name)
    {
        var declaration = _declarations[name];
        if (declaration.Bound)
        {
            return;
        }

        if (_path.Contains(name))
        {
            diagnostics.Error(
                declaration.Key, Codes.Cycle, $"'{name}' needs itself: {string.Join(" -> ", _path.Append(name))}",
                "a derived signal is computed from others only");
            scope.Broken.Add(name);
            declaration.Bound = true;
            return;
        }

        _path.Add(name);
        if (BindValue(name, declaration) is { } slot && !scope.Broken.Contains(name))
        {
            scope.Slots.Add(name, slot);
        }
        else
        {
            scope.Broken.Add(name);
        }

        declaration.Bound = true;
        _path.RemoveAt(_path.Count - 1);
    }

    private NamedSlot? BindValue(string name, Declaration declaration)
    {
        var node = declaration.Value;
        MappingReader? reader = null;
        if (node.Kind == ConfigKind.Mapping)
        {
            reader = new MappingReader(node, diagnostics, "a derived signal", Keys, Later);
            if (node.KeyOf("score") is not null || node.KeyOf("add") is not null)
            {
                return null;
            }

            if (reader.Required(
                "value", declaration.Key, $"'{name}' has no `value`", "write for example `value: (sbp + 2 * dbp) / 3`") is not { } value)
            {
                return null;
            }

            node = value;
        }
        else if (node.Kind != ConfigKind.Text)
        {
            diagnostics.Error(node, Codes.Shape, $"'{name}' wants its `value`", "write for example `value: (sbp + 2 * dbp) / 3`");
            return null;
        }

        try
        {
            return BindExpression(name, declaration.Key, node, ExpressionParser.Parse(node.Text), reader);
        }
        catch (ExpressionException mistake)
        {
            diagnostics.Error(node, mistake);
            return null;
        }
    }

    private NamedSlot? BindExpression(string name, ConfigNode key, ConfigNode node, Expression expression, MappingReader? reader)
    {
        foreach (var needed in NamesIn(expression).Where(_declarations.ContainsKey))
        {
            Bind(needed);
        }

        var binder = new Binder(scope, node, diagnostics);
        if (binder.BindNumber(expression) is not { } number)
        {
            return null;
        }

        if (binder.Reads.Count == 0)
        {
            diagnostics.Error(node, Codes.NoSignal, "this looks at no signal, so it never changes", "declare a fixed number under `limits:`");
            return null;
        }

        var unit = reader?.Text("unit")?.Text.Trim() ?? number.Unit ?? "";
        var shownUnit = reader?.Node("unit") is null ? number.Display.Unit : unit;
        var display = new Display(reader?.Text("name")?.Text.Trim() ?? name, shownUnit, reader?.WholeNumber("decimals", 0, 3) ?? number.Display.Decimals);
        if (!scope.Broken.Contains(name))
        {
            _slots.Add(new ExpressionDefinition
            {
                Name = name,
                Display = display,
                Unit = unit,
                ValidFor = reader?.Duration("valid for"),
                Place = new Place(key.Source.Name, key.Source.LineOf(key.Start)),
                Value = expression,
            });
        }

        return new NamedSlot(scope.Catalogue.Signals.Length + _slots.Count, new SlotInfo { Id = name }, display, unit, binder.Canonical(expression));
    }

    private static List<string> NamesIn(Expression expression)
    {
        var names = new List<string>();
        expression.Print(part =>
        {
            if (part is NameExpression name)
            {
                names.Add(name.Name);
            }

            return null;
        });
        return names;
    }

    private sealed class Declaration(ConfigNode key, ConfigNode value)
    {
        public ConfigNode Key { get; } = key;

        public ConfigNode Value { get; } = value;

        public bool Bound { get; set; }
    }
}
