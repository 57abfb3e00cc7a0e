using IoTGateway.Readings;

namespace IoTGateway.Alerts.Care;

/// <summary>A limit that was set for one patient at the bedside.</summary>
/// <param name="Limit">The limit's name.</param>
/// <param name="Value">The value.</param>
/// <param name="By">Who set it.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When the limit of the rule files counts again.</param>
public sealed record BedsideLimit(string Limit, double Value, string By, string Reason, Instant Since, Instant Until);
