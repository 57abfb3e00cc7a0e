using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Archive;

/// <summary>One raise of an alert, from its beginning to its end.</summary>
/// <param name="Number">Its place among all episodes.</param>
/// <param name="Raised">When it was raised; for one that was held back first, when it was raised too.</param>
/// <param name="Ended">When it ended; null while it stands.</param>
/// <param name="Highest">The highest priority it had.</param>
/// <param name="FirstAcknowledged">When somebody first acknowledged it; null: nobody.</param>
/// <param name="First">The alert as it was when people first saw it: with the value that raised it.</param>
/// <param name="Last">The alert as it is now, or was at its end.</param>
public sealed record ArchivedEpisode(
    long Number, Instant Raised, Instant? Ended, AlertPriority Highest, Instant? FirstAcknowledged, AlertStatus First, AlertStatus Last);
