namespace IoTGateway.FirmwareSim.Replay;

/// <summary>A recording of vital signs, grouped into readings.</summary>
/// <param name="Patients">The patients in the order of their first appearance; at least one.</param>
/// <param name="Samples">Rows of the file, that is single values.</param>
public sealed record Recording(IReadOnlyList<PatientRecording> Patients, long Samples)
{
    /// <summary>How many readings there are, of all patients together.</summary>
    public long Readings => Patients.Sum(patient => (long)patient.Readings.Count);

    /// <summary>The time of the earliest reading.</summary>
    public TimeSpan First => Patients.Min(patient => patient.Readings[0].Time);

    /// <summary>The time of the latest reading.</summary>
    public TimeSpan Last => Patients.Max(patient => patient.Readings[^1].Time);
}
