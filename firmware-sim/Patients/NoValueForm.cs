namespace IoTGateway.FirmwareSim.Patients;

/// <summary>How a device says that a sensor has no value. Real monitors do it in all three ways.</summary>
public enum NoValueForm
{
    /// <summary><c>"spo2":null</c>.</summary>
    Null,

    /// <summary><c>"spo2":-100</c>, a number that stands for "sensor off".</summary>
    Sentinel,

    /// <summary>The member is left out.</summary>
    Absent,
}
