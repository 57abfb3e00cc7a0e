using IoTGateway.Readings;

namespace IoTGateway.Alerts;

/// <summary>That a person has seen an alert.</summary>
/// <param name="By">The identity of the person.</param>
/// <param name="At">When.</param>
/// <param name="Note">What the person wrote; empty for nothing.</param>
public sealed record Acknowledgement(string By, Instant At, string Note);
