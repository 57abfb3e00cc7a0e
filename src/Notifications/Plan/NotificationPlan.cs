using System.Collections.Immutable;
using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Plan;

/// <summary>Who is told of what, and how: the roster and the notification rules as checked. Immutable.</summary>
public sealed class NotificationPlan
{
    internal NotificationPlan()
    {
    }

    /// <summary>The zone in which shifts and hours are meant.</summary>
    public required TimeZoneInfo Zone { get; init; }

    /// <summary>The persons by their id.</summary>
    public required ImmutableSortedDictionary<string, Person> People { get; init; }

    /// <summary>The wards that have a roster, by name.</summary>
    public required ImmutableSortedDictionary<string, WardRoster> Wards { get; init; }

    /// <summary>The channels by name.</summary>
    public required ImmutableSortedDictionary<string, ChannelSettings> Channels { get; init; }

    /// <summary>The routes in the order of the file; all that fit count.</summary>
    public required ImmutableArray<Route> Routes { get; init; }

    /// <summary>The stages of an alert of high priority whose rule has no <c>escalate</c>.</summary>
    public required ImmutableArray<EscalationStage> DefaultEscalation { get; init; }

    /// <summary>Alerts of one patient, none of them high, that begin within this time become one message. 0: each goes at once.</summary>
    public required TimeSpan GroupWithin { get; init; }

    /// <summary>After so many pages over one channel within a minute, those that are not high come once a minute for each patient. 0: no guard.</summary>
    public required int FloodPagesPerMinute { get; init; }

    /// <summary>Where the gateway says that it lives; null for nowhere but MQTT.</summary>
    public HeartbeatSettings? Heartbeat { get; init; }

    /// <summary>The minute of the week on the site's wall clock.</summary>
    public int MinuteOf(Instant time) => WeekTimes.MinuteOf(TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), Zone).DateTime);

    /// <summary>The routes that tell of an alert at a stage and a time, in the order of the file.</summary>
    public IReadOnlyList<Route> RoutesFor(AlertStatus alert, int stage, Instant time)
    {
        ArgumentNullException.ThrowIfNull(alert);
        var minute = MinuteOf(time);
        return [.. Routes.Where(route => route.Fits(alert.Ward, alert.Priority, alert.Kind, alert.Alert, stage, minute))];
    }

    /// <summary>The persons who have a role in a ward at a time; none where the ward has no roster.</summary>
    public IReadOnlyList<string> Who(string ward, string role, Instant time) =>
        Wards.TryGetValue(ward, out var roster) ? roster.Who(role, MinuteOf(time)) : [];
}
