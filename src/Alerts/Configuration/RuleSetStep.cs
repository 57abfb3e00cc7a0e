namespace IoTGateway.Alerts;

/// <summary>What a rule-set record does. The numbers are part of the log's form and never change their meaning.</summary>
public enum RuleSetStep : byte
{
    /// <summary>The files changed, and their rules come into force.</summary>
    InForce = 0,

    /// <summary>The files changed, or an older set was asked for; it waits for a person, because of what it would end.</summary>
    Waits = 1,

    /// <summary>A person approved what waited: it comes into force.</summary>
    Approved = 2,

    /// <summary>What waited comes to nothing: a person refused it, or the files are back to what is in force.</summary>
    Refused = 3,

    /// <summary>A person put an older set into force.</summary>
    RolledBack = 4,

    /// <summary>The files cannot be used; what is in force stays.</summary>
    FilesInvalid = 5,

    /// <summary>The files can be used again.</summary>
    FilesValid = 6,
}
