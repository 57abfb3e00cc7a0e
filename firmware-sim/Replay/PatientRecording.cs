namespace IoTGateway.FirmwareSim.Replay;

/// <summary>The readings of one patient.</summary>
/// <param name="Patient">The patient as named in the file; a valid topic level.</param>
/// <param name="Readings">The readings in the order of their times.</param>
public sealed record PatientRecording(string Patient, IReadOnlyList<RecordedReading> Readings);
