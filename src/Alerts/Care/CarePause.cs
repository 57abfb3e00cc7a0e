using IoTGateway.Readings;

namespace IoTGateway.Alerts.Care;

/// <summary>Somebody is with the patient: alerts call nobody until it is over.</summary>
/// <param name="By">Who said so.</param>
/// <param name="Since">Since when.</param>
/// <param name="Until">When it ends by itself.</param>
public sealed record CarePause(string By, Instant Since, Instant Until);
