using System.Globalization;
using IoTGateway.Notifications.Plan;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Files;

/// <summary>
/// Finds the hours of the week in which an alert of high priority would reach nobody. Membership in a shift follows from the wall clock alone, so looking at
/// every stretch between two changes of a week's wall clock is complete, also for the weeks in which the clock is changed.
/// </summary>
internal static class Coverage
{
    private const int MondayMidnight = WeekTimes.DayMinutes;

    /// <summary>The gaps of all wards of the roster, as errors at the ward's place in it.</summary>
    public static IEnumerable<Diagnostic> FindGaps(NotificationPlan plan, IReadOnlyCollection<AlertRule> rules)
    {
        var staged = rules.Where(rule => rule.Priority == AlertPriority.High && !rule.Shadow).SelectMany(rule => rule.Escalation).Select(stage => stage.Notify).Distinct().ToList();
        foreach (var ward in plan.Wards.Values)
        {
            foreach (var (what, hours) in FindGaps(plan, ward, ward.Ward == KnownNames.GatewayWard ? [] : staged))
            {
                yield return new Diagnostic(
                    ward.File, ward.Line, 1, true, NotificationCodes.Nobody, $"ward '{ward.Ward}': {what} {hours}", "", 1, "an alert of high priority would reach nobody then");
            }
        }
    }

    private static IEnumerable<(string What, string Hours)> FindGaps(NotificationPlan plan, WardRoster ward, IReadOnlyList<string> staged)
    {
        var kind = ward.Ward == KnownNames.GatewayWard ? AlertKind.Technical : AlertKind.Physiological;
        var routes = plan.Routes.Where(route => (route.Wards.IsEmpty || route.Wards.Contains(ward.Ward)) && (route.Priorities.IsEmpty || route.Priorities.Contains(AlertPriority.High))).ToList();
        var changes = ward.Shifts.Select(shift => shift.Times).Concat(routes.Select(route => route.Times))
            .SelectMany(times => Enumerable.Range(0, 7).SelectMany(day => new[] { (day * WeekTimes.DayMinutes) + times.From, (day * WeekTimes.DayMinutes) + times.To }))
            .Append(0).Select(minute => minute % WeekTimes.WeekMinutes).Distinct().Order().ToList();
        var gaps = new SortedDictionary<string, List<(int From, int To)>>(StringComparer.Ordinal);
        foreach (var (from, to) in changes.Zip(changes.Skip(1).Append(WeekTimes.WeekMinutes)))
        {
            var fitting = routes.Where(route => route.Times.Holds(from)).ToList();
            if (!fitting.Any(route => route.Stage == 0 && route.Alerts.IsEmpty && (route.Kinds.IsEmpty || route.Kinds.Contains(kind))))
            {
                Add("no route tells anybody at once", from, to);
            }

            var roles = fitting.SelectMany(route => route.Roles).Concat(plan.DefaultEscalation.Select(stage => stage.Notify)).Concat(staged).Distinct();
            foreach (var role in roles.Where(role => ward.Who(role, from).Count == 0))
            {
                Add($"nobody has the role '{role}'", from, to);
            }
        }

        return gaps.Select(gap => (gap.Key, Hours(gap.Value)));

        void Add(string what, int from, int to)
        {
            if (!gaps.TryGetValue(what, out var hours))
            {
                gaps.Add(what, hours = []);
            }

            if (hours.Count > 0 && hours[^1].To == from)
            {
                hours[^1] = (hours[^1].From, to);
            }
            else
            {
                hours.Add((from, to));
            }
        }
    }

    private static string Hours(List<(int From, int To)> hours)
    {
        const int MostNamed = 3;
        if (hours is [(0, WeekTimes.WeekMinutes)])
        {
            return "at any time";
        }

        var ordered = hours.OrderBy(gap => (gap.From - MondayMidnight + WeekTimes.WeekMinutes) % WeekTimes.WeekMinutes).ToList();
        var named = string.Join(", ", ordered.Take(MostNamed).Select(gap => $"{Moment(gap.From)} to {Moment(gap.To)}"));
        return ordered.Count <= MostNamed ? named : string.Create(CultureInfo.InvariantCulture, $"{named} and {ordered.Count - MostNamed} times more");
    }

    private static string Moment(int minute)
    {
        string[] days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
        var day = days[minute / WeekTimes.DayMinutes % 7];
        return string.Create(CultureInfo.InvariantCulture, $"{day} {minute % WeekTimes.DayMinutes / 60:00}:{minute % 60:00}");
    }
}
