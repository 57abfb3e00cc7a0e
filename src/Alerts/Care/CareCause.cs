using IoTGateway.Alerts.Ledger;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Care;

/// <summary>What a change of care comes from.</summary>
/// <param name="Time">When, in the time of the log.</param>
/// <param name="Place">Where the patient lies.</param>
/// <param name="By">The person; empty for the rules and the gateway.</param>
/// <param name="Why">Why, in words.</param>
/// <param name="Context">The input.</param>
internal readonly record struct CareCause(Instant Time, AlertPlace Place, string By, string Why, AlertContext Context);
