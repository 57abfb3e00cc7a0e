using IoTGateway.Readings;

namespace IoTGateway.Archive.Queries;

/// <summary>Adds up the alarm load, episode by episode.</summary>
/// <param name="zone">The site's time zone. The day of a change of the clocks has 23 or 25 hours: what happened in the hour that came twice counts for that hour.</param>
internal sealed class AlarmLoadSum(TimeZoneInfo zone)
{
    private const int HoursOfDay = 24;

    private readonly AlarmLoadGroup _all = new("");
    private readonly Dictionary<string, AlarmLoadGroup> _byRule = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Ward, string Bed), AlarmLoadGroup> _byBed = [];
    private readonly int[] _byHour = new int[HoursOfDay];
    private int _atBeds;

    /// <summary>Takes in an episode that called.</summary>
    public void Add(in LoadedEpisode episode)
    {
        _all.Add(episode);
        _atBeds += episode.Bed.Length > 0 ? 1 : 0;
        GroupOf(_byRule, episode.Alert, episode.Alert).Add(episode);
        GroupOf(_byBed, (episode.Ward, episode.Bed), episode.Bed.Length == 0 ? episode.Ward : $"{episode.Ward} {episode.Bed}").Add(episode);
        _byHour[HourOf(episode.Called)]++;
    }

    /// <summary>The sum.</summary>
    /// <param name="bedDays">Over how many bed-days.</param>
    public AlarmLoad ToLoad(double bedDays) => new(
        bedDays,
        _all.Episodes,
        bedDays > 0 ? _atBeds / bedDays : 0,
        _all.MedianToAcknowledge,
        _all.ShareOfShortPhysiological,
        RowsOf(_byRule.Values),
        RowsOf(_byBed.Values),
        _byHour);

    private static AlarmLoadGroup GroupOf<TKey>(Dictionary<TKey, AlarmLoadGroup> groups, TKey key, string name)
        where TKey : notnull
    {
        if (!groups.TryGetValue(key, out var group))
        {
            groups.Add(key, group = new AlarmLoadGroup(name));
        }

        return group;
    }

    private IReadOnlyList<AlarmLoadRow> RowsOf(IEnumerable<AlarmLoadGroup> groups) =>
        [.. groups.Select(group => group.ToRow(_all.Episodes)).OrderByDescending(row => row.Episodes).ThenBy(row => row.Name, StringComparer.Ordinal)];

    /// <summary>The hour on the site's clocks. A time that no calendar has counts as UTC.</summary>
    private int HourOf(Instant time)
    {
        try
        {
            return TimeZoneInfo.ConvertTime(time.ToDateTimeOffset(), zone).Hour;
        }
        catch (ArgumentOutOfRangeException)
        {
            const long HourMilliseconds = 60 * 60 * 1000;
            return (int)(((time.UnixMilliseconds / HourMilliseconds % HoursOfDay) + HoursOfDay) % HoursOfDay);
        }
    }
}
