using System.Collections.Immutable;

namespace IoTGateway.Notifications.Plan;

/// <summary>The shifts of a ward.</summary>
/// <param name="Ward">The ward; <c>gateway</c> for the alerts of the gateway itself.</param>
/// <param name="Shifts">The shifts; those that overlap count together.</param>
/// <param name="File">Where it stands.</param>
/// <param name="Line">In which line, from 1.</param>
public sealed record WardRoster(string Ward, ImmutableArray<Shift> Shifts, string File, int Line)
{
    /// <summary>The persons who have a role at a minute of the week, each once, in the order of the file.</summary>
    public IReadOnlyList<string> Who(string role, int minuteOfWeek) =>
        [.. Shifts.Where(shift => shift.Times.Holds(minuteOfWeek) && shift.Roles.ContainsKey(role)).SelectMany(shift => shift.Roles[role]).Distinct()];

    /// <summary>All roles it names.</summary>
    public IEnumerable<string> Roles => Shifts.SelectMany(shift => shift.Roles.Keys).Distinct();
}
