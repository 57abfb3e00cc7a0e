using IoTGateway.Alerts;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Tests.Queries;

/// <summary>The alarm load worked out from all events and censuses at once, in the most obvious way.</summary>
internal static class NaiveAlarmLoad
{
    /// <summary>Works it out, with the hour on the clocks of the site as handed in.</summary>
    public static AlarmLoad Of(IEnumerable<AlertEvent> events, IEnumerable<CensusRecord> censuses, string? ward, Instant from, Instant to, Func<Instant, int> hourOf)
    {
        var episodes = events.GroupBy(happened => happened.EpisodeNumber).Select(Fact.Of).OfType<Fact>()
            .Where(fact => fact.Called >= from && fact.Called < to && (ward is null || fact.Ward == ward)).ToList();
        var bedDays = BedDays(censuses, ward, from, to);
        var physiological = episodes.Where(fact => fact is { Kind: AlertKind.Physiological, Length: not null }).ToList();
        return new AlarmLoad(
            bedDays,
            episodes.Count,
            bedDays > 0 ? episodes.Count(fact => fact.Bed.Length > 0) / bedDays : 0,
            Median(episodes.Select(fact => fact.Answer)),
            Share(physiological.Count(fact => fact.Length < TimeSpan.FromSeconds(30)), physiological.Count),
            Rows(episodes, fact => fact.Alert),
            Rows(episodes, fact => fact.Bed.Length == 0 ? fact.Ward : fact.Ward + " " + fact.Bed),
            [.. Enumerable.Range(0, 24).Select(hour => episodes.Count(fact => hourOf(fact.Called) == hour))]);
    }

    private static List<AlarmLoadRow> Rows(List<Fact> episodes, Func<Fact, string> nameOf) =>
    [
        .. episodes.GroupBy(nameOf).Select(group => new AlarmLoadRow(
            group.Key,
            group.Max(fact => fact.Highest),
            group.Count(),
            Share(group.Count(), episodes.Count),
            group.Count(fact => fact.Answer is not null),
            Median(group.Select(fact => fact.Answer)),
            Median(group.Select(fact => fact.Length)),
            Share(group.Count(fact => fact.Length < TimeSpan.FromSeconds(30)), group.Count(fact => fact.Length is not null))))
            .OrderByDescending(row => row.Episodes).ThenBy(row => row.Name, StringComparer.Ordinal),
    ];

    private static double BedDays(IEnumerable<CensusRecord> censuses, string? ward, Instant from, Instant to)
    {
        var inForce = new List<CensusRecord>();
        foreach (var census in censuses)
        {
            inForce.RemoveAll(other => other.From >= census.From);
            inForce.Add(census);
        }

        var days = 0.0;
        for (var index = 0; index < inForce.Count; index++)
        {
            var begin = Instant.Later(inForce[index].From, from);
            var end = index + 1 < inForce.Count && inForce[index + 1].From < to ? inForce[index + 1].From : to;
            days += end > begin ? (end - begin).TotalDays * inForce[index].Census.Beds.Count(bed => bed.Patient is not null && (ward is null || bed.Ward == ward)) : 0;
        }

        return days;
    }

    private static TimeSpan? Median(IEnumerable<TimeSpan?> spans)
    {
        var known = spans.OfType<TimeSpan>().Order().ToArray();
        return known.Length == 0 ? null : known[(known.Length - 1) / 2];
    }

    private static double Share(int part, int all) => all == 0 ? 0 : (double)part / all;

    private sealed record Fact(string Alert, string Ward, string Bed, AlertPriority Highest, AlertKind Kind, Instant Called, TimeSpan? Answer, TimeSpan? Length)
    {
        public static Fact? Of(IEnumerable<AlertEvent> events)
        {
            var all = events.ToList();
            var calling = all.FindIndex(happened => happened.Status.Calls);
            if (calling < 0)
            {
                return null;
            }

            var shown = all.Where(happened => happened.IsShown).ToList();
            var called = all[calling];
            var answer = all.Skip(calling).FirstOrDefault(happened => happened.Status.Acknowledgement is not null)?.Status.Acknowledgement;
            var lastHeld = all.FindLastIndex(happened => happened.Status.State is not (AlertState.Latched or AlertState.Ended));
            var over = lastHeld + 1 < all.Count ? all[lastHeld + 1] : null;
            return new Fact(
                all[^1].Status.Alert, called.Status.Ward, called.Status.Bed, shown.Max(happened => happened.Status.Priority), called.Status.Kind, called.Time,
                answer is null ? null : answer.At - called.Time, over is null ? null : over.Time - shown[0].Time);
        }
    }
}
