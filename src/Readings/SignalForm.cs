namespace IoTGateway.Readings;

/// <summary>How a signal's value is written.</summary>
public enum SignalForm
{
    /// <summary>A number in the signal's unit.</summary>
    Number = 0,

    /// <summary>One of a few letters, such as A C V P U.</summary>
    Letter = 1,

    /// <summary>Off or on, or a flow: anything above 0 counts as on (supplemental oxygen: true/false, "on"/"off" or L/min).</summary>
    Switch = 2,
}
