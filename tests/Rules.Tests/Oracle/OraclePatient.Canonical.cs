using System.Globalization;
using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Tests.Oracle;

internal sealed partial class OraclePatient
{
    /// <summary>What the hash of a rule covers, as text: the same text, the same rule for this patient.</summary>
    private string Canonical(RuleSetDefinition rules, RuleDefinition rule)
    {
        var levels = rule.Levels.Select(level => $"{Canonical(rules, level.When)} for {level.For.Ticks}");
        var clear = rule.ClearWhen is { } expression ? Canonical(rules, expression) : "";
        return $"{string.Join("; ", levels)}; clear when {clear} after {rule.Rule.ClearAfter.Ticks}";
    }

    private string Canonical(RuleSetDefinition rules, Expression expression) => expression.Print(part => part switch
    {
        NumberExpression it => Canonical(it.Value),
        LimitExpression it => Canonical(LimitOf(rules, _profile, it.Name)),
        WindowExpression it => $"{it.Function}({it.Signal}, {it.Length.Ticks})",
        NameExpression it => DerivedOf(rules, _profile, it.Name) is { } derived ? Canonical(rules, derived) : it.Name,
        _ => null,
    });

    private string Canonical(RuleSetDefinition rules, DerivedDefinition derived) => $"[{derived.ValidFor?.Ticks} " + derived switch
    {
        ExpressionDefinition it => Canonical(rules, it.Value),
        ScoreDefinition it => $"{it.Round} " + string.Join("; ", it.Rows.Select(row => $"{Canonical(rules, row.Condition)}: {Canonical(row.Points)}")),
        _ => string.Join(" + ", ((SumDefinition)derived).Parts.Select(part => Canonical(rules, DerivedOf(rules, _profile, part)!))),
    } + "]";

    private static string Canonical(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
