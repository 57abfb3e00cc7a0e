namespace IoTGateway.Rules.Engine;

/// <summary>How an alert has come over from the rules before; only while a patient is brought under other rules.</summary>
internal enum CarriedAs : byte
{
    /// <summary>As it was.</summary>
    Same = 0,

    /// <summary>The rule is the same, the priority of the alert's level is not.</summary>
    OtherPriority = 1,

    /// <summary>The rule has changed.</summary>
    Changed = 2,
}
