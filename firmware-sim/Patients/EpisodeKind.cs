namespace IoTGateway.FirmwareSim.Patients;

/// <summary>What can happen to a simulated patient.</summary>
public enum EpisodeKind
{
    /// <summary>Hypoxia: SpO2 falls by 1.3 % a second to the low eighties, heart rate and respiration rise; afterwards it recovers.</summary>
    Deterioration,

    /// <summary>The SpO2 sensor is off the finger: the device has no value for it. The patient is well.</summary>
    SensorOff,
}
