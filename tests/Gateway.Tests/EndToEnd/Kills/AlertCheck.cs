namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>
/// No alert is lost and none is raised twice: what has to be raised follows from the readings and observations in the log alone, and is held against the alert
/// events, input by input.
/// </summary>
internal static class AlertCheck
{
    public static void Holds(WardLog log)
    {
        HasNoGaps(log);
        foreach (var alert in log.EventsOfAlerts)
        {
            EpisodesFollowEachOther(alert.Key, [.. alert]);
        }

        for (var patient = 1; patient <= BusyWard.Patients; patient++)
        {
            foreach (var rule in BusyWard.Sudden)
            {
                FollowsInputs(log, $"p{patient}", rule);
            }

            FollowsTime(log, $"p{patient}");
        }
    }

    private static void HasNoGaps(WardLog log)
    {
        Assert.Empty(log.DeadLetters);
        var numbers = log.Events.Select(record => record.Number("number")).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(number => (long)number), numbers);
        var episodes = log.Events.Where(record => record.Text("previous") == "none").ToList();
        Assert.Equal(Enumerable.Range(1, episodes.Count).Select(number => (long)number), episodes.Select(record => record.Number("episodeNumber")));
        Assert.Equal(episodes.Count, episodes.Select(record => record.Text("episode")).Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>An alert has one episode at a time, and each event goes on from the state in which the one before left it.</summary>
    private static void EpisodesFollowEachOther(string id, List<LoggedRecord> events)
    {
        var (episode, state) = ("", "ended");
        foreach (var record in events)
        {
            if (state == "ended")
            {
                Assert.True(record.Text("previous") == "none" && record.Text("episode") != episode, $"{id}: event {record.Number("number")} goes on after the end.");
            }
            else
            {
                Assert.True(record.Text("episode") == episode, $"{id}: event {record.Number("number")} is of another episode while {episode} stands.");
                Assert.True(record.Text("previous") == state, $"{id}: event {record.Number("number")} goes on from '{record.Text("previous")}'; it was '{state}'.");
            }

            (episode, state) = (record.Text("episode"), record.Text("state"));
        }
    }

    /// <summary>Every value that had to change the state of the alert did so once, and no other did.</summary>
    private static void FollowsInputs(WardLog log, string patient, SuddenRule rule)
    {
        var id = $"{patient}:{rule.Slug}";
        var events = log.EventsOfAlerts[id].ToList();
        var (at, state, acknowledged) = (0, "ended", false);
        foreach (var (input, value) in Values(log, patient, rule.Signal))
        {
            // What people and the clock did before; a tick may name the place of the input that comes next.
            while (at < events.Count && (events[at].Number("input") < input.Position || (events[at].Number("input") == input.Position && !IsEntry(events[at]))))
            {
                Assert.False(IsEntry(events[at]), $"{id}: nothing says why event {events[at].Number("number")} happened.");
                (state, acknowledged) = (events[at].Text("state"), events[at].Has("acknowledgedBy"));
                at++;
            }

            if (rule.After(state, acknowledged, value) is { } next)
            {
                Assert.True(
                    at < events.Count && events[at].Number("input") == input.Position && events[at].Text("state") == next,
                    $"{id}: the value {value} at {input.Position} did not lead from '{state}' to '{next}'.");
                (state, acknowledged) = (next, events[at].Has("acknowledgedBy"));
                at++;
            }

            Assert.False(
                at < events.Count && events[at].Number("input") == input.Position && IsEntry(events[at]),
                $"{id}: the value {value} at {input.Position} led to '{(at < events.Count ? events[at].Text("state") : "")}' too.");
        }

        Assert.True(events.Skip(at).All(record => !IsEntry(record)), $"{id}: something happened to it without a reading.");
    }

    /// <summary>What has to hold for a time is raised if it held for that long, however often the gateway was killed meanwhile.</summary>
    private static void FollowsTime(WardLog log, string patient)
    {
        var id = $"{patient}:{BusyWard.Slow}";
        var episodes = log.EventsOfAlerts[id].GroupBy(record => record.Text("episode")).ToList();
        var spells = new List<(LoggedRecord Begin, LoggedRecord? End)>();
        foreach (var (input, value) in Values(log, patient, "rr"))
        {
            if (value < 8 && (spells.Count == 0 || spells[^1].End is not null))
            {
                spells.Add((input, null));
            }
            else if (value >= 8 && spells is [.., (var begin, null)])
            {
                spells[^1] = (begin, input);
            }
        }

        Assert.True(spells.Count == episodes.Count, $"{id}: {spells.Count} spells gave {episodes.Count} episodes.");
        foreach (var ((begin, end), episode) in spells.Zip(episodes))
        {
            Assert.Equal(begin.Position, episode.First().Number("input"));
            var raised = episode.Count(record => IsEntry(record) && record.Text("state") == "active");
            var held = (end?.Received ?? long.MaxValue) - begin.Received;
            Assert.True(
                held == BusyWard.SlowMilliseconds || raised == (held > BusyWard.SlowMilliseconds ? 1 : 0),
                $"{id}: it held for {held} ms from {begin.Position} on, and was raised {raised} times.");
            Assert.Equal(end is not null, episode.Last().Text("state") == "ended");
        }
    }

    private static IEnumerable<(LoggedRecord Input, double Value)> Values(WardLog log, string patient, string signal) => signal == "temp"
        ? log.Observations.Where(record => record.Text("patient") == patient).Select(record => (record, record.Body.GetProperty("values").GetProperty(signal).GetDouble()))
        : log.Readings.Where(record => record.Topic == $"devices/monitor-{patient[1..]}/vitals" && record.Has(signal)).Select(record => (record, record.Body.GetProperty(signal).GetDouble()));

    private static bool IsEntry(LoggedRecord record) => record.Text("change") == "entered";
}
