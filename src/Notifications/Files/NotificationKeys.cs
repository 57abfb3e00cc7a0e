namespace IoTGateway.Notifications.Files;

/// <summary>The keys that the two files can have.</summary>
internal static class NotificationKeys
{
    /// <summary>Of <c>roster.yaml</c>.</summary>
    public static readonly string[] Roster = ["version", "people", "roster"];

    /// <summary>Of a person.</summary>
    public static readonly string[] Person = ["person", "name", "channels", "backup"];

    /// <summary>Of a ward's roster.</summary>
    public static readonly string[] Ward = ["ward", "shifts"];

    /// <summary>Of a shift.</summary>
    public static readonly string[] Shift = ["shift", "from", "to", "days", "roles"];

    /// <summary>Of <c>notifications.yaml</c>.</summary>
    public static readonly string[] Notifications = ["version", "channels", "routes", "default escalation", "grouping", "flood guard", "heartbeat"];

    /// <summary>Of a channel that is a webhook.</summary>
    public static readonly string[] Webhook = ["channel", "webhook", "secret", "template", "timeout", "taken within"];

    /// <summary>Of a channel that is e-mail.</summary>
    public static readonly string[] EmailChannel = ["channel", "email", "timeout", "taken within"];

    /// <summary>Of a mail server.</summary>
    public static readonly string[] Email = ["server", "port", "tls", "from", "user", "password", "ca file"];

    /// <summary>Of a secret.</summary>
    public static readonly string[] Secret = ["environment", "file"];

    /// <summary>Of a route.</summary>
    public static readonly string[] Route = ["route", "only for", "at", "notify", "persons", "tell when over"];

    /// <summary>Of what a route is for.</summary>
    public static readonly string[] OnlyFor = ["ward", "priority", "kind", "alert", "from", "to", "days"];

    /// <summary>Of a stage of the default escalation.</summary>
    public static readonly string[] Stage = ["not acknowledged in", "notify"];

    /// <summary>Of grouping.</summary>
    public static readonly string[] Grouping = ["within"];

    /// <summary>Of the flood guard.</summary>
    public static readonly string[] FloodGuard = ["pages a minute"];

    /// <summary>Of the heartbeat.</summary>
    public static readonly string[] Heartbeat = ["webhook", "secret", "every"];

    /// <summary>The days of a week as they are written, Sunday first.</summary>
    public static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
}
