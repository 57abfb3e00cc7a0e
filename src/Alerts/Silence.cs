using IoTGateway.Readings;

namespace IoTGateway.Alerts;

/// <summary>That a person has silenced an alert for a time.</summary>
/// <param name="By">Who.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="At">When.</param>
/// <param name="Until">When it calls again.</param>
public sealed record Silence(string By, string Reason, Instant At, Instant Until);
