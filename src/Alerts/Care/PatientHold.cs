namespace IoTGateway.Alerts.Care;

/// <summary>What keeps the alerts of a patient from calling anybody. They are shown, and their life goes on.</summary>
public enum PatientHold
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A care pause.</summary>
    Pause = 1,

    /// <summary>The patient is away.</summary>
    Standby = 2,
}
