using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Checking;

/// <summary>Finds what can be shown wrong in one rule although each of its parts is right.</summary>
/// <param name="vocabulary">The names.</param>
/// <param name="overrides">The overrides.</param>
/// <param name="diagnostics">Where mistakes go.</param>
/// <param name="budget">How much may be tried.</param>
internal sealed class RuleChecks(Vocabulary vocabulary, IReadOnlyList<OverrideDefinition> overrides, DiagnosticBag diagnostics, AnalysisBudget budget)
{
    private readonly Dictionary<string, double> _limits = vocabulary.Limits.ToDictionary(limit => limit.Key, limit => limit.Value.Value, StringComparer.Ordinal);

    /// <summary>Checks a rule.</summary>
    public void Check(RuleText rule)
    {
        RequireLevelToClear(rule);
        var seen = new HashSet<ConfigNode>();
        for (var level = 0; level < rule.When.Length; level++)
        {
            if (seen.Add(rule.When[level]))
            {
                WarnConstant(rule, rule.When[level], rule.Definition.Levels[level].When, isClear: false);
            }
        }

        WarnHiddenLevels(rule);
        if (rule.Definition.ClearWhen is { } clear)
        {
            WarnConstant(rule, rule.ClearWhen!, clear, isClear: true);
            WarnOverlap(rule, clear);
        }
    }

    /// <summary>
    /// A rise or fall ends by itself when the window has moved on, while the value stays where it went. So the end has to be tied to a level,
    /// or to a person who has seen it.
    /// </summary>
    private void RequireLevelToClear(RuleText rule)
    {
        for (var level = 0; level < rule.When.Length; level++)
        {
            if (rule.Definition.Rule.Latch || !rule.Definition.Levels[level].When.All().Any(LooksAtChange)
                || (rule.Definition.ClearWhen is { } clear && !CanHoldByChangeAlone(clear).HasFlag(Outcomes.True)))
            {
                continue;
            }

            diagnostics.Error(
                rule.ClearWhen ?? rule.When[level], Codes.ClearNeeded,
                rule.ClearWhen is null
                    ? "a rule on `rise` or `fall` needs a `clear when` on a level: the change is over when the window has moved on, the value is still bad"
                    : "this can end the alert although the value is still bad: a rise or fall is over when the window has moved on",
                "join a level with `and`, for example `clear when: hr < 100`, or write `latch: true`");
            return;
        }
    }

    private bool LooksAtChange(Expression part) => part switch
    {
        WindowExpression { Function: WindowFunction.Rise or WindowFunction.Fall } => true,
        NameExpression name => vocabulary.Derived.GetValueOrDefault(name.Name) is ExpressionDefinition derived && derived.Value.All().Any(LooksAtChange),
        _ => false,
    };

    /// <summary>What a condition can be if only its comparisons of rises and falls are known.</summary>
    private Outcomes CanHoldByChangeAlone(Expression condition)
    {
        switch (condition)
        {
            case NotExpression not:
                var inner = CanHoldByChangeAlone(not.Operand);
                return (inner.HasFlag(Outcomes.True) ? Outcomes.False : 0) | (inner.HasFlag(Outcomes.False) ? Outcomes.True : 0);
            case LogicalExpression logical:
                return ConditionSpace.Join(logical.IsAnd ? 2 : 1, [CanHoldByChangeAlone(logical.Left), CanHoldByChangeAlone(logical.Right)]);
            case AtLeastExpression atLeast:
                return ConditionSpace.Join(atLeast.Least, [.. atLeast.Operands.Select(CanHoldByChangeAlone)]);
            default:
                return condition.All().Any(LooksAtChange) ? Outcomes.True | Outcomes.False : Outcomes.None;
        }
    }

    private void WarnConstant(RuleText rule, ConfigNode node, Expression condition, bool isClear)
    {
        if (rule.Implausible.Contains(node))
        {
            return;
        }

        var space = new ConditionSpace(vocabulary, _limits, null, condition);
        var all = Outcomes.None;
        if (!space.Visit(budget, values => (all |= space.Evaluate(condition, values)) != (Outcomes.True | Outcomes.False)))
        {
            return;
        }

        var whole = new TextSpan(0, node.Text.TrimEnd().Length);
        if (!all.HasFlag(Outcomes.True))
        {
            diagnostics.Warn(
                node, whole, Codes.NeverTrue, "no plausible value makes this true",
                isClear ? "the alert would end only when a person or a new rule ends it" : "the alert would never be raised; is a sign or a number wrong?");
        }
        else if (!all.HasFlag(Outcomes.False))
        {
            diagnostics.Warn(
                node, whole, Codes.AlwaysTrue, "no plausible value makes this false",
                isClear ? "leave it out, or name the value at which the alert is over" : "the alert would stand all the time; is a sign or a number wrong?");
        }
    }

    /// <summary>
    /// Both conditions can hold, or <c>clear when</c> can hold because the very values are missing that <c>when</c> looks at. Where neither is so, a
    /// <c>clear when</c> that holds says that <c>when</c> does not, even where that cannot be told for want of data.
    /// </summary>
    private void WarnOverlap(RuleText rule, Expression clear)
    {
        foreach (var (limits, where) in LimitValues([clear, .. rule.Definition.Levels.Select(level => level.When)]))
        {
            for (var level = 0; level < rule.When.Length; level++)
            {
                var when = rule.Definition.Levels[level].When;
                var space = new ConditionSpace(vocabulary, limits, null, when, clear);
                string? example = null;
                string? withoutData = null;
                space.Visit(budget, values =>
                {
                    if (space.Evaluate(clear, values) == Outcomes.True)
                    {
                        var raises = space.Evaluate(when, values);
                        example = raises == Outcomes.True ? space.Describe(values) : null;
                        withoutData ??= raises == Outcomes.None ? space.DescribeMissing(values) : null;
                    }

                    return example is null;
                });
                if (example is not null || withoutData is not null)
                {
                    diagnostics.Warn(
                        rule.ClearWhen!, new TextSpan(0, rule.ClearWhen!.Text.TrimEnd().Length), Codes.Overlap,
                        example is not null ? $"`when` and `clear when` can both hold{where}, for example with {example}"
                            : $"this ends the alert because {withoutData}, while nobody knows whether `when` still holds",
                        example is not null ? "while `when` holds, an alert never ends; let `clear when` begin on the safe side of `when`"
                            : "no data is not all clear: leave `is missing` out, and the alert stays until a value ends it");
                    return;
                }
            }
        }
    }

    /// <summary>A level is never seen if a more urgent one holds whenever it does, and has to hold for no longer.</summary>
    private void WarnHiddenLevels(RuleText rule)
    {
        var levels = rule.Definition.Levels;
        for (var lower = 0; lower < levels.Length; lower++)
        {
            for (var higher = lower + 1; higher < levels.Length; higher++)
            {
                if (levels[higher].For > levels[lower].For || !Implies(levels[lower].When, levels[higher].When))
                {
                    continue;
                }

                var name = rule.Levels[lower].Text;
                diagnostics.Warn(
                    rule.Levels[lower], new TextSpan(0, name.Length), Codes.Shadowed,
                    $"the level {name} is never seen: whenever it holds, {rule.Levels[higher].Text} holds too, and for long enough",
                    "give the more urgent level a narrower condition or a longer `for`");
                break;
            }
        }
    }

    private bool Implies(Expression condition, Expression other)
    {
        if (condition.Print() == other.Print())
        {
            return true;
        }

        var space = new ConditionSpace(vocabulary, _limits, null, condition, other);
        var implies = true;
        var ever = false;
        var looked = space.Visit(budget, values =>
        {
            var holds = space.Evaluate(condition, values).HasFlag(Outcomes.True);
            ever |= holds;
            implies &= !holds || space.Evaluate(other, values) == Outcomes.True;
            return implies;
        });
        return looked && implies && ever;
    }

    /// <summary>The declared limits, and what each override makes of those that are looked at.</summary>
    private IEnumerable<(IReadOnlyDictionary<string, double> Limits, string Where)> LimitValues(IEnumerable<Expression> expressions)
    {
        const int MostTried = 20;
        yield return (_limits, "");
        var names = expressions.SelectMany(expression => expression.All()).OfType<LimitExpression>().Select(limit => limit.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var one in overrides.Where(one => one.Limits.Any(limit => names.Contains(limit.Limit))).Take(MostTried))
        {
            var limits = new Dictionary<string, double>(_limits, StringComparer.Ordinal);
            foreach (var changed in one.Limits)
            {
                limits[changed.Limit] = changed.Value;
            }

            yield return (limits, $" with the override at {one.Place}");
        }
    }
}
