using IoTGateway.Rules.Files;
using IoTGateway.Rules.Language;

namespace IoTGateway.Rules.Scenarios;

/// <summary>Finds the alerts that a scenario names, by name or by slug.</summary>
internal sealed class AlertNames(RuleSet rules, DiagnosticBag diagnostics)
{
    /// <summary>The rule of an alert; null for no name, and where a mistake was reported.</summary>
    public AlertRule? RuleOf(ConfigNode? name)
    {
        if (name is null)
        {
            return null;
        }

        var rule = rules.Rules.FirstOrDefault(rule => rule.Name == name.Text) ?? rules.Rules.FirstOrDefault(rule => rule.Slug == name.Text);
        if (rule is null)
        {
            diagnostics.Error(
                name, Codes.UnknownName, $"there is no alert named '{name.Text}'",
                Suggestions.DidYouMean(name.Text, rules.Rules.Select(known => known.Name)) ?? "the names of alerts stand in the rule files, behind `alert:`");
        }

        return rule;
    }
}
