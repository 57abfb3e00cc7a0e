namespace IoTGateway.Notifications;

/// <summary>What has to be over before the next step of an escalation.</summary>
public enum EscalationWait
{
    /// <summary>Nothing: its time comes.</summary>
    Nothing = 0,

    /// <summary>A silence of the alert.</summary>
    Silence = 1,

    /// <summary>A care pause of the patient.</summary>
    Pause = 2,

    /// <summary>A standby of the patient.</summary>
    Standby = 3,
}
