using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Backtesting.Recordings;

/// <summary>
/// A level of a rule that is one signal beyond one named limit, as in <c>hr &lt; limit hr_very_low and hr &gt; 0</c>: what the rule asks beside the
/// limit is left out. Averages, rises, scores and conditions on several signals are none.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Priority">The priority of the level.</param>
/// <param name="Signal">The signal's id.</param>
/// <param name="IsLow">Whether values below the limit are meant, and not those above.</param>
/// <param name="Limit">The limit as shipped.</param>
internal sealed record Threshold(AlertRule Rule, AlertPriority Priority, string Signal, bool IsLow, double Limit)
{
    /// <summary>How the threshold is written in lists: "SpO2 low: spo2 &lt; 90".</summary>
    public override string ToString() => FormattableString.Invariant($"{Rule.Name}: {Signal} {(IsLow ? '<' : '>')} {Limit}");

    /// <summary>Whether a value is beyond it.</summary>
    public bool IsBeyond(double value) => IsLow ? value < Limit : value > Limit;

    /// <summary>All of a rule set that watch the patient.</summary>
    public static List<Threshold> Of(RuleSet rules)
    {
        var limits = rules.Definition.Limits.ToDictionary(limit => limit.Name, limit => limit.Value, StringComparer.Ordinal);
        return
        [
            .. from rule in rules.Definition.Rules
               where rule.Rule.Kind == AlertKind.Physiological
               from level in rule.Levels
               from comparison in Parts(level.When).OfType<ComparisonExpression>()
               where comparison is { Left: NameExpression, Right: LimitExpression, Sign: ComparisonSign.Less or ComparisonSign.Greater }
               select new Threshold(
                   rule.Rule, level.Priority, ((NameExpression)comparison.Left).Name, comparison.Sign == ComparisonSign.Less,
                   limits[((LimitExpression)comparison.Right).Name]),
        ];
    }

    private static IEnumerable<Expression> Parts(Expression condition) =>
        condition is LogicalExpression { IsAnd: true } both ? Parts(both.Left).Concat(Parts(both.Right)) : [condition];
}
