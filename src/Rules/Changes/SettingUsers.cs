using IoTGateway.Rules.Definitions;
using IoTGateway.Rules.Evaluation;

namespace IoTGateway.Rules.Changes;

/// <summary>Which rules rest on a limit or a derived signal, directly or through others.</summary>
internal sealed class SettingUsers
{
    private readonly ILookup<string, string> _ofLimit;
    private readonly ILookup<string, string> _ofDerived;

    /// <summary>Looks through a rule set.</summary>
    public SettingUsers(RuleSetDefinition rules)
    {
        var references = rules.Rules.Select((rule, index) => (rule.Rule.Name, References: new RuleReferences(rules, index))).ToList();
        _ofLimit = references.SelectMany(one => one.References.Limits, (one, limit) => (limit, one.Name)).ToLookup(pair => pair.limit, pair => pair.Name, StringComparer.Ordinal);
        _ofDerived = references.SelectMany(one => one.References.Derived, (one, derived) => (derived, one.Name)).ToLookup(pair => pair.derived, pair => pair.Name, StringComparer.Ordinal);
    }

    /// <summary>" (used by SpO2 low, SpO2 low on average)", in the order of the files.</summary>
    public string OfLimit(string name) => Words(_ofLimit[name]);

    /// <summary>The same of a derived signal.</summary>
    public string OfDerived(string name) => Words(_ofDerived[name]);

    private static string Words(IEnumerable<string> rules) => rules.ToList() is { Count: > 0 } some ? $" (used by {Wording.Few(some)})" : " (used by no rule)";
}
