using IoTGateway.Notifications.Escalation;

namespace IoTGateway.Notifications;

/// <summary>How people are told.</summary>
public sealed class NotificationServiceOptions
{
    /// <summary>Where the channels keep the side files of pages that their servers refuse.</summary>
    public required string ParkedDirectory { get; init; }

    /// <summary>The site's time zone.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>How the escalation is run.</summary>
    public EscalatorOptions Escalation { get; init; } = new();
}
