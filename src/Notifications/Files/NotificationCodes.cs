namespace IoTGateway.Notifications.Files;

/// <summary>The permanent codes of what only these files can have wrong; what is wrong with their YAML has the codes of rule files.</summary>
internal static class NotificationCodes
{
    /// <summary>A time of day or a day of the week that is none.</summary>
    public const string Time = "N010";

    /// <summary>An address that is none.</summary>
    public const string Address = "N011";

    /// <summary>A secret that cannot be had.</summary>
    public const string Secret = "N012";

    /// <summary>A template that gives no JSON or names what there is not.</summary>
    public const string Template = "N013";

    /// <summary>A file of certificates that cannot be had, or that counts for nothing.</summary>
    public const string Certificates = "N014";

    /// <summary>A person nobody has declared.</summary>
    public const string UnknownPerson = "N020";

    /// <summary>A channel nobody has declared.</summary>
    public const string UnknownChannel = "N021";

    /// <summary>A role that no shift has.</summary>
    public const string UnknownRole = "N022";

    /// <summary>An alert that no rule raises.</summary>
    public const string UnknownAlert = "N023";

    /// <summary>A ward that has no roster.</summary>
    public const string UnknownWard = "N024";

    /// <summary>Something of a name that is declared already.</summary>
    public const string Duplicate = "N025";

    /// <summary>Backups that lead back to the person.</summary>
    public const string BackupCycle = "N026";

    /// <summary>An hour of a ward in which an alert of high priority would reach nobody.</summary>
    public const string Nobody = "N030";

    /// <summary>Warning: what is sent goes unprotected over the network.</summary>
    public const string Unprotected = "N040";
}
