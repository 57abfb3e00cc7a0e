namespace IoTGateway.Rules;

/// <summary>How soon somebody has to act (the words of IEC 60601-1-8).</summary>
public enum AlertPriority
{
    /// <summary>Awareness.</summary>
    Low = 1,

    /// <summary>Prompt response.</summary>
    Medium = 2,

    /// <summary>Immediate response.</summary>
    High = 3,
}
