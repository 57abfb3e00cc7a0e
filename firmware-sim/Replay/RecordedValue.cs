namespace IoTGateway.FirmwareSim.Replay;

/// <summary>One value of a recording.</summary>
/// <param name="Metric">The name in the file, for example <c>heart_rate</c>.</param>
/// <param name="Text">The number as written in the file, a valid JSON number; null where the field is empty (no value).</param>
public readonly record struct RecordedValue(string Metric, string? Text);
