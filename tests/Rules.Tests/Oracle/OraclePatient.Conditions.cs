using IoTGateway.Readings;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Oracle;

internal sealed partial class OraclePatient
{
    /// <summary>What a condition is: true, false, or null for unknown.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="trusted">Whether what is questionable counts as unknown.</param>
    private bool? Holds(Expression condition, bool trusted) => condition switch
    {
        NotExpression it => Kleene.Not(Holds(it.Operand, trusted)),
        LogicalExpression { IsAnd: true } it => Kleene.And(Holds(it.Left, trusted), Holds(it.Right, trusted)),
        LogicalExpression it => Kleene.Or(Holds(it.Left, trusted), Holds(it.Right, trusted)),
        AtLeastExpression it => Kleene.AtLeast(it.Least, [.. it.Operands.Select(operand => Holds(operand, trusted))]),
        ComparisonExpression it => Kleene.Compare(it.Sign, Number(it.Left).Side(trusted), Number(it.Right).Side(trusted)),
        BetweenExpression it => Between(Number(it.Operand).Side(trusted), Number(it.Low).Side(trusted), Number(it.High).Side(trusted)),
        AlertActiveExpression it => IsActive(it, trusted),
        IsExpression { What: "missing" } it => IsMissing(it.Name) != it.Not,
        IsExpression { What: "no value" } it => it.Not ? Kleene.Not(IsNoValue(it.Name, trusted)) : IsNoValue(it.Name, trusted),
        IsExpression it => Is(it, Signal(it.Name).Side(trusted)?.Low),
        _ => throw new NotSupportedException($"{condition} is no condition"),
    };

    private static bool? Between(Interval? operand, Interval? low, Interval? high) =>
        Kleene.And(Kleene.Compare(ComparisonSign.AtLeast, operand, low), Kleene.Compare(ComparisonSign.AtMost, operand, high));

    /// <summary>Letters and switches.</summary>
    private static bool? Is(IsExpression condition, double? value) => value is { } known
        ? (condition.What switch
        {
            "on" => known > 0,
            "off" => known <= 0,
            _ => known == condition.What[0],
        }) != condition.Not
        : null;

    private bool? IsActive(AlertActiveExpression condition, bool trusted)
    {
        var alert = _alerts[_rules.Rules.Select((rule, index) => (rule, index)).Single(it => it.rule.Rule.Name == condition.Alert).index];
        return trusted && alert is { IsRaised: true, Unverified: true } ? null : alert.IsRaised != condition.Not;
    }

    /// <summary>Whether the newest sample is a number by which a device says that it reads nothing. Unknown if it is none, or out of date.</summary>
    private bool? IsNoValue(string id, bool trusted)
    {
        if (_signals.GetValueOrDefault(id)?.Newest is not { } newest || newest.Time + ConditionSpan(id) <= _clock)
        {
            return null;
        }

        return newest.Quality switch
        {
            Quality.Valid => false,
            Quality.Questionable => trusted ? null : false,
            _ => SignalJudge.IsDeclaredNoValue(_rules.Catalogue.Find(id)!, newest.Value) ? true : null,
        };
    }
}
