using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Queries;

/// <summary>What the alarm load needs to know of an episode that called.</summary>
/// <param name="Alert">The alert's name.</param>
/// <param name="Ward">Where it lay when it called first.</param>
/// <param name="Bed">Where it lay when it called first; empty for an unassigned device.</param>
/// <param name="Highest">The highest priority it had.</param>
/// <param name="Kind">Physiological or technical.</param>
/// <param name="Raised">When people first saw it.</param>
/// <param name="Called">When it first called.</param>
/// <param name="Answered">When somebody first acknowledged it after that; null: nobody.</param>
/// <param name="Over">When its condition was over; null while it holds.</param>
internal readonly record struct LoadedEpisode(
    string Alert, string Ward, string Bed, AlertPriority Highest, AlertKind Kind, Instant Raised, Instant Called, Instant? Answered, Instant? Over)
{
    /// <summary>The time to the first acknowledgement; null without one.</summary>
    public TimeSpan? ToAcknowledge => Answered - Called;

    /// <summary>How long its condition held; null while it does.</summary>
    public TimeSpan? Length => Over - Raised;
}
