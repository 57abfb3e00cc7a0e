namespace IoTGateway.FirmwareSim.Replay;

/// <summary>A recording cannot be used; the message says where and why in one sentence.</summary>
/// <param name="message">File, line and fault. Holds no patient data beyond what names the place.</param>
public sealed class RecordingFormatException(string message) : Exception(message);
