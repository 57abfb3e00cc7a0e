namespace IoTGateway.Gateway.Tests.EndToEnd.Kills;

/// <summary>
/// No page is forgotten, none is made up, and one is repeated only where a kill fell between its sending and the record of what became of it: with its key, and
/// marked.
/// </summary>
internal sealed class PageCheck(WardLedger ledger, WardLog log, IReadOnlyList<(string Key, string Repeat)> taken)
{
    private static readonly string[] ToldAtOnce = ["nurse phone", "mailbox"];

    /// <summary>A stage that is due is told half a second later, for the sake of those who answer at that moment, and at the next tick.</summary>
    private const int DecidedWithinMilliseconds = 3_000;

    private readonly ILookup<string, LoggedRecord> _events = log.Events.ToLookup(record => record.Text("episode"));
    private readonly ILookup<string, LoggedRecord> _receipts = log.Receipts.ToLookup(record => record.Text("key"));
    private readonly ILookup<string, string> _arrivals = taken.ToLookup(arrival => arrival.Key, arrival => arrival.Repeat);
    private readonly List<LoggedRecord> _pages = [.. log.Pages];

    /// <summary>How many of the deliveries were marked as repeats.</summary>
    public int Repeats => taken.Count(arrival => arrival.Repeat == "true");

    /// <summary>How many pages came twice or more often.</summary>
    public int Doubled => _arrivals.Count(arrivals => arrivals.Count() > 1);

    /// <summary>How many pages were dropped.</summary>
    public int Dropped => _pages.Count(page => FinalOf(page) is { } end && end.Text("state") == "dropped");

    public void Holds()
    {
        Assert.NotEmpty(_pages);
        var keys = _pages.Select(page => page.Text("key")).ToHashSet(StringComparer.Ordinal);
        Assert.Equal(_pages.Count, keys.Count);
        Assert.True(_arrivals.All(arrivals => keys.Contains(arrivals.Key)), "A page was sent that is not in the log.");
        foreach (var page in _pages)
        {
            WasSentOrDropped(page);
        }

        IsToldOnce();
        foreach (var call in _events.SelectMany(CallsOf).Where(call => BusyWard.Sudden.Any(rule => rule.Pages && call.Begin.Text("slug") == rule.Slug)).ToList())
        {
            WasTold(call);
        }

        foreach (var episode in _events)
        {
            EndWasTold(episode.Key, [.. episode]);
        }
    }

    /// <summary>The receipt that decided; a delivery said later changes nothing here.</summary>
    private LoggedRecord? FinalOf(LoggedRecord page) => _receipts[page.Text("key")].FirstOrDefault(WardLog.IsFinal);

    private void WasSentOrDropped(LoggedRecord page)
    {
        var key = page.Text("key");
        var arrivals = _arrivals[key].ToList();
        var tries = _receipts[key].ToList();
        Assert.True(tries.TrueForAll(receipt => receipt.Line > page.Line), $"The page {key} was sent before it was in the log.");
        var end = FinalOf(page);
        Assert.True(end is not null, $"The page {key} was forgotten.");
        Assert.True(arrivals.Count == 0 || tries.Exists(receipt => receipt.Text("state") == "sending"), $"The page {key} was sent and the log does not say so.");
        switch (end.Text("state"))
        {
            case "sent" or "delivered":
                Assert.True(arrivals.Count > 0, $"The page {key} counts as sent and did not come.");
                break;
            case "dropped":
                var items = page.Body.GetProperty("items").EnumerateArray().Select(item => (Episode: item.GetProperty("episode").GetString()!, Call: item.GetProperty("call").GetInt64())).ToList();
                Assert.True(items.Exists(item => IsTrue(end, page, item.Episode, item.Call)), $"The page {key} was dropped, and it is not so that '{end.Text("reason")}'.");
                Assert.True(
                    page.Text("type") == "over" || items.TrueForAll(item => Since(end, item.Episode, item.Call).Exists(record => !IsHeard(record))),
                    $"The page {key} was dropped, and one of its alerts called all the time.");
                break;
            default:
                Assert.Fail($"The page {key} was {end.Text("state")}: {end.Text("reason")}");
                break;
        }

        RepeatsAreAllowed(key, arrivals, tries, end);
    }

    private void RepeatsAreAllowed(string key, List<string> arrivals, List<LoggedRecord> tries, LoggedRecord end)
    {
        Assert.True(arrivals.Skip(1).All(repeat => repeat == "true"), $"The page {key} came twice and was not marked.");
        Assert.True(tries.Count(receipt => receipt.Text("state") is "sent" or "dropped") <= 1, $"The page {key} has two ends in the log.");
        var unclear = 0;
        foreach (var (begin, next) in tries.Zip(tries.Skip(1)).Where(pair => pair.First.Text("state") == "sending"))
        {
            unclear += ledger.KillsWithin(begin.Number("at"), next.Number("at")) + (next.Text("state") == "failed" && next.Has("mayHaveArrived") ? 1 : 0);
        }

        var marked = arrivals.Count(repeat => repeat == "true");
        Assert.True(marked <= unclear, $"The page {key} was repeated {marked} times, and {unclear} times it was unclear whether it had come; its end: {end.Text("state")}.");
    }

    /// <summary>Whether what is given as the reason of a drop happened to the alert between its call and the drop.</summary>
    private bool IsTrue(LoggedRecord end, LoggedRecord page, string episode, long call)
    {
        var reason = end.Text("reason");
        var since = Since(end, episode, call);
        return reason switch
        {
            "the alert is over" => since.Exists(record => record.Text("state") == "ended"),
            "the alert was told anew since" when page.Text("type") == "over" => _pages.Exists(other => other.Line < end.Line && other.Line > page.Line && TellsAnew(other, page, episode)),
            "the alert was told anew since" => _pages.Exists(other => other.Line < end.Line && other.Line > page.Line && Tells(other, episode)) || CallsOf(since).Any(other => other.Number > call),
            "the alert itself had not been told" => page.Text("type") == "over" && !_pages.Exists(other =>
                other.Text("type") != "over" && Tells(other, episode) && other.Text("person") == page.Text("person") && FinalOf(other)?.Text("state") is "sent" or "delivered"),
            _ => since.Exists(record => reason == $"{record.Text("acknowledgedBy")} has acknowledged the alert" || reason == $"{record.Text("silencedBy")} has silenced the alert"),
        };
    }

    /// <summary>Whether a page calls the receiver of an "over" for another episode of the same alert.</summary>
    private static bool TellsAnew(LoggedRecord page, LoggedRecord over, string episode) => page.Text("type") != "over"
        && page.Text("person") == over.Text("person") && page.Text("channel") == over.Text("channel")
        && page.Body.GetProperty("items").EnumerateArray().Any(item =>
            item.GetProperty("episode").GetString() != episode && item.GetProperty("alertId").GetString() == AlertOf(over, episode));

    private static string? AlertOf(LoggedRecord page, string episode) => page.Body.GetProperty("items").EnumerateArray()
        .First(item => item.GetProperty("episode").GetString() == episode).GetProperty("alertId").GetString();

    private List<LoggedRecord> Since(LoggedRecord end, string episode, long call) =>
        [.. _events[episode].Where(record => record.Line < end.Line && record.Number("number") >= call)];

    /// <summary>Nobody is told the same twice; what was dropped during a silence is told when the silence is over.</summary>
    private void IsToldOnce()
    {
        foreach (var same in _pages.SelectMany(page => page.Body.GetProperty("items").EnumerateArray().Select(item => (
            What: $"{page.Text("person")}: {page.Text("type")} {page.Number("stage")} of {item.GetProperty("episode").GetString()}, call {item.GetProperty("call").GetInt64()}",
            Page: page))).GroupBy(row => row.What))
        {
            foreach (var (first, second) in same.Zip(same.Skip(1)))
            {
                Assert.True(
                    IsDroppedBySilence(first.Page)
                    || (first.Page.Text("type") == "nobody reached" && second.Page.Number("queued") - first.Page.Number("queued") >= 120_000),
                    $"'{same.Key}' was told twice: {first.Page.Text("key")}, {second.Page.Text("key")}.");
            }
        }
    }

    /// <summary>An alert that called was told, unless that was over before anybody decided; and nobody was told of what came later while it lasted.</summary>
    private void WasTold(Call call)
    {
        var told = _pages.Where(page => page.Text("type") == "raise" && Tells(page, call.Episode, call.Number)
                && (!IsDroppedBySilence(page) || FinalOf(page)!.Line > call.End?.Line)) // The silence that it was dropped for ended this very call.
            .Select(page => page.Text("person")).ToHashSet(StringComparer.Ordinal);
        if (!told.SetEquals(ToldAtOnce))
        {
            var who = $"Of the call {call.Number} (heard from event {call.Begin.Number("number")} on) only '{string.Join(", ", told)}' was told";
            Assert.True(call.End is not null, $"{who}, and it still stands.");
            var later = _pages.Find(page => page.Line > call.Begin.Line && page.Line < call.End.Line && page.Text("type") == "raise"
                && page.Body.GetProperty("items").EnumerateArray().Any(item => item.GetProperty("call").GetInt64() > call.Begin.Number("number")));
            Assert.True(later is null, $"{who}, though the page {later?.Text("key")} of a later one was written while it lasted.");
        }

        if (log.Steps.FirstOrDefault(record => record.Text("episode") == call.Episode && record.Number("call") == call.Number) is not { } step)
        {
            return;
        }

        var stages = _pages.Where(page => page.Text("type") == "stage" && Tells(page, call.Episode, call.Number)).ToList();
        var due = step.Number("since") + BusyWard.StageMilliseconds;
        Assert.True(stages.TrueForAll(page => page.Number("queued") >= due && page.Text("person") == "charge phone"), $"The stage of the call {call.Number} came too early.");

        // Whoever decided about anything while it was heard and the stage was due decided about it too.
        var heard = Math.Max(due, call.Begin.Number("recorded")) + DecidedWithinMilliseconds;
        var decided = _pages.Find(page => page.Line > step.Line && page.Line > call.Begin.Line && (call.End is null || page.Line < call.End.Line) && page.Number("queued") > heard);
        Assert.True(decided is null || stages.Count > 0, $"The stage of the call {call.Number} was forgotten when {decided?.Text("key")} was written.");
    }

    private bool IsDroppedBySilence(LoggedRecord page) =>
        FinalOf(page) is { } end && end.Text("state") == "dropped" && end.Text("reason").EndsWith(" has silenced the alert", StringComparison.Ordinal);

    private void EndWasTold(string episode, List<LoggedRecord> events)
    {
        var know = _pages.Where(page => page.Text("type") != "over" && page.Has("tellWhenOver") && Tells(page, episode) && FinalOf(page)!.Text("state") is "sent" or "delivered")
            .Select(page => page.Text("person")).ToHashSet(StringComparer.Ordinal);
        var over = _pages.Where(page => page.Text("type") == "over" && Tells(page, episode)).Select(page => page.Text("person")).ToList();
        if (events[^1].Text("state") == "ended")
        {
            Assert.True(know.IsSubsetOf(over), $"Somebody was told of {episode} and not of its end.");
        }
        else
        {
            Assert.True(over.Count == 0, $"{episode} stands and was told to be over.");
        }
    }

    /// <summary>The times at which an episode called for somebody and nobody had silenced it. A silence interrupts a call, and does not end it.</summary>
    private static IEnumerable<Call> CallsOf(IEnumerable<LoggedRecord> events)
    {
        Call? call = null;
        var number = 0L;
        foreach (var record in events)
        {
            number = !Calls(record) ? 0 : number == 0 ? record.Number("number") : number;
            if (call is not null && !IsHeard(record))
            {
                yield return call with { End = record };
                call = null;
            }
            else if (call is null && IsHeard(record))
            {
                call = new Call(number, record, null);
            }
        }

        if (call is not null)
        {
            yield return call;
        }
    }

    private static bool Calls(LoggedRecord record) => record.Text("state") is "active" or "latched" && !record.Has("acknowledgedBy");

    private static bool IsHeard(LoggedRecord record) => Calls(record) && !record.Has("silencedBy");

    private static bool Tells(LoggedRecord page, string episode, long call = 0) => page.Body.GetProperty("items").EnumerateArray()
        .Any(item => item.GetProperty("episode").GetString() == episode && (call == 0 || item.GetProperty("call").GetInt64() == call));

    /// <summary>A time at which an alert called.</summary>
    /// <param name="Number">The event with which the call began.</param>
    /// <param name="Begin">The event from which on it was heard: the same, or the end of a silence.</param>
    /// <param name="End">The event that ended that; null if it still calls.</param>
    private sealed record Call(long Number, LoggedRecord Begin, LoggedRecord? End)
    {
        public string Episode => Begin.Text("episode");
    }
}
