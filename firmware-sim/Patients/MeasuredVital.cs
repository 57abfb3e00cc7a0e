namespace IoTGateway.FirmwareSim.Patients;

/// <summary>One signal of a simulated measurement.</summary>
/// <param name="Signal">The gateway's signal id, for example <c>spo2</c>.</param>
/// <param name="Value">The value, rounded as the device shows it; null: the device says it has none.</param>
public readonly record struct MeasuredVital(string Signal, double? Value);
