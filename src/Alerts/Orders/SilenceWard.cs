using IoTGateway.Rules;

namespace IoTGateway.Alerts.Orders;

/// <summary>
/// Silences all alerts of a ward that stand now and are of one kind, but none of high priority: what is raised later calls as always. Each is silenced for
/// as long as it may be.
/// </summary>
/// <param name="Ward">The ward.</param>
/// <param name="Kind">Of which kind.</param>
/// <param name="For">For how long; cut to <see cref="SilenceLimits.AtMost"/> of each alert.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SilenceWard(string Ward, AlertKind Kind, TimeSpan For, string Reason) : Order;
