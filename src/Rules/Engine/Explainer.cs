using IoTGateway.Readings;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Engine;

/// <summary>Tells why one alert of one patient is or is not raised: the whole tree of its conditions with what each part is at present.</summary>
internal sealed class Explainer
{
    private readonly PatientState _patient;
    private readonly RuleDefinition _definition;
    private readonly CompiledRule _rule;
    private readonly long _now;
    private readonly ConditionExplainer _conditions;

    /// <summary>Takes a patient and the index of a rule.</summary>
    public Explainer(PatientState patient, int rule, long now)
    {
        var programs = patient.Rules.Programs;
        _patient = patient;
        _definition = programs.Definition.Rules[rule];
        _rule = patient.Program.Rules[rule];
        _now = now;
        _conditions = ConditionsOf(patient, now);
    }

    /// <summary>Explains expressions and values of a patient.</summary>
    public static ConditionExplainer ConditionsOf(PatientState patient, long now)
    {
        var programs = patient.Rules.Programs;
        return new ConditionExplainer(programs, new ResolvedProfile(programs.Definition, patient.Profile), patient, now);
    }

    /// <summary>Tells it.</summary>
    public Explanation Explain()
    {
        var place = _patient.Alerts.Find(_rule.Rule.Index);
        var cell = place < 0 ? AlertCell.Of(_rule.Rule.Index) : _patient.Alerts[place];
        var due = cell.Due(_rule);
        return new Explanation(
            _rule.Rule,
            cell.State,
            _rule.Levels[place < 0 ? _rule.Levels.Length - 1 : cell.Level].Priority,
            new Instant(_now),
            place < 0 ? null : new Instant(cell.Since),
            due == SlotState.None ? null : new Instant(due),
            [.. Notes(place, cell)],
            [.. Conditions(cell)]);
    }

    private IEnumerable<string> Notes(int place, AlertCell cell)
    {
        if (!_patient.Program.Applies[_rule.Rule.Index])
        {
            var off = _patient.Rules.Rules?.AdultsOnly.OffFor(_patient.Profile, _rule.Rule.Index);
            yield return $"not for this patient (`only in`){(off is null ? "" : $"; {off}")}";
        }

        if (place >= 0 && cell.Unverified)
        {
            yield return "unverified: it rests on questionable values, or on data that is not there any more";
        }

        if (place >= 0 && cell.SuppressedBy >= 0)
        {
            yield return $"suppressed by {_patient.Program.Rules[cell.SuppressedBy].Rule.Name}";
        }
    }

    private IEnumerable<ExplanationNode> Conditions(AlertCell cell)
    {
        for (var level = _definition.Levels.Length - 1; level >= 0; level--)
        {
            var declared = _definition.Levels[level];
            var wait = declared.For > TimeSpan.Zero ? $" for {Durations.Format(declared.For)}" : "";
            var condition = _conditions.Explain(declared.When, declared.WhenText);
            var since = cell.Waiting[level] == SlotState.None ? "" : $"since {new Instant(cell.Waiting[level])}";
            yield return new ExplanationNode(
                $"{declared.Priority.ToString().ToLowerInvariant()}: {declared.WhenText.Trim()}{wait}", condition.Value, since, [condition]);
        }

        if (_definition.ClearWhen is { } clear)
        {
            var text = _rule.Rule.ClearWhen ?? "";
            var after = _rule.ClearAfter > 0 ? $" for {Durations.Format(TimeSpan.FromMilliseconds(_rule.ClearAfter))}" : "";
            var condition = _conditions.Explain(clear, text);
            yield return new ExplanationNode($"clear: {text}{after}", condition.Value, "", [condition]);
        }
    }
}
