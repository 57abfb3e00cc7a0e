using IoTGateway.Alerts.Orders;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Alerts.Care;

/// <summary>A limit that was set for one patient at the bedside.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Value">The value.</param>
/// <param name="By">Who set it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When the limit of the rule files counts again.</param>
public sealed record BedsideLimit(string Limit, double Value, string By, string Reason, Instant Since, Instant Until)
{
    /// <summary>Why a rule set does not let it be, in words; null where it does.</summary>
    internal string? WhyEndedBy(RuleSet rules) => rules.AllowedFor(Limit) is not var (lowest, highest) ? "the rules no longer let it be set at the bedside"
        : Value < lowest || Value > highest ? $"the rules now allow {OrderWords.Number(lowest)} to {OrderWords.Number(highest)}, and it was set to {OrderWords.Number(Value)}"
        : null;
}
