using System.Collections.Immutable;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Plan;

/// <summary>Which alerts go to whom. What is empty fits everything.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Wards">The wards.</param>
/// <param name="Priorities">The priorities.</param>
/// <param name="Kinds">The kinds.</param>
/// <param name="Alerts">The names of alerts.</param>
/// <param name="Times">The hours of the week.</param>
/// <param name="Stage">At which stage it tells: 0 when the alert begins to call, 1 to 9 when that stage of <c>escalate</c> is reached, <see cref="NobodyReached"/>.</param>
/// <param name="Roles">The roles to tell.</param>
/// <param name="Persons">The persons to tell, whoever is on shift.</param>
/// <param name="TellWhenOver">Whether those told are told the end too.</param>
public sealed record Route(
    string Name,
    ImmutableArray<string> Wards,
    ImmutableArray<AlertPriority> Priorities,
    ImmutableArray<AlertKind> Kinds,
    ImmutableArray<string> Alerts,
    WeekTimes Times,
    int Stage,
    ImmutableArray<string> Roles,
    ImmutableArray<string> Persons,
    bool TellWhenOver)
{
    /// <summary>The stage after the last one, each time it is repeated.</summary>
    public const int NobodyReached = 100;

    /// <summary>The file in which it stands.</summary>
    public string File { get; init; } = "";

    /// <summary>The line in which it begins.</summary>
    public int Line { get; init; } = 1;

    /// <summary>Whether it is for such an alert at such a time.</summary>
    public bool Fits(string ward, AlertPriority priority, AlertKind kind, string alert, int stage, int minuteOfWeek) =>
        Stage == stage
        && (Wards.IsEmpty || Wards.Contains(ward))
        && (Priorities.IsEmpty || Priorities.Contains(priority))
        && (Kinds.IsEmpty || Kinds.Contains(kind))
        && (Alerts.IsEmpty || Alerts.Contains(alert))
        && Times.Holds(minuteOfWeek);
}
