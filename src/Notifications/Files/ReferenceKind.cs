namespace IoTGateway.Notifications.Files;

/// <summary>What a name is a name of.</summary>
internal enum ReferenceKind
{
    /// <summary>A person of the roster.</summary>
    Person = 0,

    /// <summary>A role that some shift has.</summary>
    Role = 1,

    /// <summary>A channel.</summary>
    Channel = 2,

    /// <summary>An alert of the rule files or of the gateway itself.</summary>
    Alert = 3,

    /// <summary>A ward with a roster.</summary>
    Ward = 4,
}
