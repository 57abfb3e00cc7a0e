namespace IoTGateway.Alerts.Orders;

/// <summary>Sets a limit of one patient, within what the rule files allow.</summary>
/// <param name="Patient">The patient.</param>
/// <param name="Limit">The limit's name, for example <c>spo2_low</c>.</param>
/// <param name="Value">The value, in the unit of the rule files.</param>
/// <param name="For">For how long; 5 min to 7 d.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record SetLimit(string Patient, string Limit, double Value, TimeSpan For, string Reason) : Order;
