using System.Collections.Immutable;
using System.Globalization;
using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Engine;

/// <summary>Tells what each part of an expression is at present, and where it comes from.</summary>
internal sealed class ConditionExplainer(ProgramCompiler programs, ResolvedProfile profile, PatientState patient, long now)
{
    private readonly Dictionary<string, DerivedDefinition> _derived = programs.Definition.Derived.ToDictionary(derived => derived.Name, StringComparer.Ordinal);

    private Frame Frame => new(patient, patient.Program, now, trustedOnly: false);

    /// <summary>Tells what an expression is made of.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="text">The text it was read from; empty if it is not at hand.</param>
    public ExplanationNode Explain(Expression expression, string text)
    {
        var written = Written(expression, text);
        return expression switch
        {
            NumberExpression => new ExplanationNode(written, written, "", []),
            LimitExpression limit => Limit(written, profile.LimitOf(limit.Name)),
            NameExpression name => Named(written, name.Name),
            WindowExpression window => Slot(written, programs.Layout.SlotOf(window), $"{SignalOrigin(programs.Layout.SlotOf(window.Signal))}", []),
            IsExpression test => new ExplanationNode(written, TruthOf(test, text), "", [Named(test.Name, test.Name)]),
            AlertActiveExpression alert => new ExplanationNode(written, TruthOf(alert, text), AlertOrigin(alert), []),
            ArithmeticExpression or NegativeExpression => new ExplanationNode(written, NumberOf(expression, text), "", Parts(expression, text)),
            _ => new ExplanationNode(written, TruthOf(expression, text), "", Parts(expression, text)),
        };
    }

    /// <summary>Tells what a signal or derived signal is, or what stands in its place for this patient.</summary>
    public ExplanationNode Named(string name) => Named(name, name);

    private ImmutableArray<ExplanationNode> Parts(Expression expression, string text) =>
        [.. expression.Children().Select(operand => Explain(operand, text))];

    private static string Written(Expression expression, string text) =>
        expression.Span.Length > 0 && expression.Span.End <= text.Length
            ? text.Substring(expression.Span.Start, expression.Span.Length).ReplaceLineEndings(" ")
            : expression.Print();

    private static ExplanationNode Limit(string written, ResolvedLimit limit) =>
        new(written, limit.Value.ToString("R", CultureInfo.InvariantCulture), limit.Origin, []);

    private ExplanationNode Named(string written, string name)
    {
        var instead = profile.InPlaceOf(name);
        var slot = programs.Layout.SlotOf(instead);
        if (!_derived.TryGetValue(instead, out var derived))
        {
            return Slot(written, slot, SignalOrigin(slot), []);
        }

        var origin = profile.UseOf(name) is { } use ? $"{instead} in its place, {use.Place}" : derived.Place.ToString();
        var parts = derived switch
        {
            SumDefinition sum => sum.Parts.Select(part => Named(part, part)),
            ScoreDefinition score => Inputs(score),
            ExpressionDefinition expression => [Explain(expression.Value, "")],
            _ => throw new InvalidOperationException($"Nobody knows how '{derived.Name}' is computed."),
        };
        return Slot(written, slot, origin, [.. parts]);
    }

    /// <summary>What a table looks at, and which of its rows count.</summary>
    private IEnumerable<ExplanationNode> Inputs(ScoreDefinition score)
    {
        foreach (var name in score.Rows.SelectMany(row => ExpressionParts.Names(row.Condition)).Distinct(StringComparer.Ordinal))
        {
            yield return Named(name, name);
        }

        var compiler = new ScoreCompiler(programs.Layout, profile, score, programs.RuleOf);
        foreach (var row in score.Rows)
        {
            var truth = compiler.Condition(row.Condition).Evaluate(Frame);
            if (truth != Truth.False)
            {
                yield return new ExplanationNode(TextOf(row), Word(truth), row.Place.ToString(), []);
            }

            if (truth == Truth.True)
            {
                yield break;
            }
        }
    }

    /// <summary>A row of a score table in words; no two rows of one table have the same.</summary>
    public static string TextOf(ScoreRow row) => string.Create(CultureInfo.InvariantCulture, $"{row.Condition.Print()}: {row.Points}");

    private ExplanationNode Slot(string written, int slot, string origin, ImmutableArray<ExplanationNode> parts)
    {
        var value = Frame.ValueOf(slot);
        var display = programs.Layout.Slots[slot].Display;
        var shown = !value.IsKnown ? "unknown" : value.Low == value.High ? display.Format(value.Low) : $"{display.Format(value.Low)} to {display.Format(value.High)}";
        return new ExplanationNode(written, shown, origin, parts);
    }

    /// <summary>How old a signal's value is, and whether it is questionable.</summary>
    private string SignalOrigin(int slot)
    {
        ref readonly var signal = ref patient.Signals[slot];
        if (signal.Heard == SlotState.Never)
        {
            return signal.Missing ? "never measured, missing" : "never measured";
        }

        var age = $"{Durations.Format(new Instant(now) - new Instant(signal.Heard))} old";
        return age + (signal.Quality == Quality.Questionable ? ", questionable" : "") + (signal.Missing ? ", missing" : signal.Known ? "" : ", out of date");
    }

    private string AlertOrigin(AlertActiveExpression alert)
    {
        var rule = programs.RuleOf(alert.Alert);
        var place = patient.Alerts.Find(rule);
        return !patient.Program.Applies[rule] ? "not for this patient"
            : place < 0 ? "idle"
            : patient.Alerts[place].State.ToString().ToLowerInvariant() + (patient.Alerts[place].Unverified ? ", unverified" : "");
    }

    private string TruthOf(Expression condition, string text)
    {
        var compiled = new ConditionCompiler(programs.Layout, profile, text, programs.RuleOf).Condition(condition);
        return Word(compiled.Evaluate(Frame));
    }

    private string NumberOf(Expression number, string text)
    {
        var compiled = new NumberCompiler(programs.Layout, profile, text).Number(number);
        var value = compiled.Node.Evaluate(Frame).Point;
        return double.IsNaN(value) ? "unknown" : compiled.Display.Format(value);
    }

    private static string Word(Truth truth) => truth.ToString().ToLowerInvariant();
}
