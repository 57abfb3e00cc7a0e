using IoTGateway.Readings;

namespace IoTGateway.Alerts.Care;

/// <summary>The patient is away from the devices.</summary>
/// <param name="By">Who said so.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When the patient counts as there again.</param>
public sealed record Standby(string By, string Reason, Instant Since, Instant Until);
