namespace IoTGateway.FirmwareSim.Replay;

/// <summary>All values a recording has for one patient at one time: what becomes one PUBLISH.</summary>
/// <param name="Time">When, counted from the start of the recording; whole milliseconds.</param>
/// <param name="Values">The metrics and their values as written in the file, in its order.</param>
public sealed record RecordedReading(TimeSpan Time, IReadOnlyList<RecordedValue> Values);
