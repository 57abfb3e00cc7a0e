namespace IoTGateway.Rules;

/// <summary>What is wrong: the patient, or what measures the patient (the words of IEC 60601-1-8).</summary>
public enum AlertKind
{
    /// <summary>The patient.</summary>
    Physiological = 0,

    /// <summary>The device, the sensor, the link or the gateway.</summary>
    Technical = 1,
}
