namespace IoTGateway.Rules.Backtesting;

/// <summary>
/// Holds the episodes of two rule sets against each other. Alerts are the same if their names are, or if the new rule was once named so. Of one alert and
/// patient two episodes belong together if there is a moment at which both stand; each belongs to one other at most, the earliest.
/// </summary>
internal static class EpisodeMatcher
{
    /// <summary>All differences, in the order of time.</summary>
    public static List<BacktestDifference> Compare(BacktestResult older, BacktestResult newer, Recording recording)
    {
        var currentNames = newer.Rules.Rules.SelectMany(rule => rule.Was.Select(was => (was, rule.Name))).ToDictionary(
            pair => pair.was, pair => pair.Name, StringComparer.Ordinal);
        var oldGroups = older.Episodes.ToLookup(episode => (episode.Patient, Name: currentNames.GetValueOrDefault(episode.Rule.Name, episode.Rule.Name)));
        var newGroups = newer.Episodes.ToLookup(episode => (episode.Patient, episode.Rule.Name));
        var differences = new List<BacktestDifference>();
        foreach (var (patient, name) in oldGroups.Select(group => group.Key).Union(newGroups.Select(group => group.Key)))
        {
            Compare([.. oldGroups[(patient, name)]], [.. newGroups[(patient, name)]], recording.Patients[patient].Name, name, differences);
        }

        return [.. differences.OrderBy(difference => difference.Time).ThenBy(difference => difference.Patient, StringComparer.Ordinal).ThenBy(difference => difference.Alert, StringComparer.Ordinal)];
    }

    private static void Compare(List<Episode> older, List<Episode> newer, string patient, string name, List<BacktestDifference> differences)
    {
        var (oldAt, newAt) = (0, 0);
        while (oldAt < older.Count || newAt < newer.Count)
        {
            var before = oldAt < older.Count ? older[oldAt] : null;
            var after = newAt < newer.Count ? newer[newAt] : null;
            if (before is not null && after is not null && before.Overlaps(after))
            {
                if (KindOf(before, after) is { } kind)
                {
                    differences.Add(Difference(kind, patient, name, before, after));
                }

                (oldAt, newAt) = (oldAt + 1, newAt + 1);
            }
            else if (after is null || (before is not null && before.Raised < after.Raised))
            {
                differences.Add(Difference(newer.Exists(before!.Overlaps) ? DifferenceKind.Joined : DifferenceKind.OnlyOld, patient, name, before, null));
                oldAt++;
            }
            else
            {
                differences.Add(Difference(older.Exists(after.Overlaps) ? DifferenceKind.Split : DifferenceKind.OnlyNew, patient, name, null, after));
                newAt++;
            }
        }
    }

    private static DifferenceKind? KindOf(Episode before, Episode after) =>
        before.Raised != after.Raised || before.Ended != after.Ended || before.IsOpen != after.IsOpen ? DifferenceKind.Moved
        : before.Priority != after.Priority ? DifferenceKind.Level
        : null;

    private static BacktestDifference Difference(DifferenceKind kind, string patient, string name, Episode? before, Episode? after) => new(
        kind, patient, name,
        before?.Raised, before is { IsOpen: false } ? before.Ended : null,
        after?.Raised, after is { IsOpen: false } ? after.Ended : null,
        before?.Priority, after?.Priority, (after ?? before)!.Reason);
}
