using IoTGateway.Alerts;
using IoTGateway.Notifications.Records;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Escalation;

/// <summary>The consumer on a real log: restarts neither forget nor double a page.</summary>
public sealed class EscalatorTests
{
    private const int Seconds = 300;

    /// <summary>
    /// Goal: whatever moment the power fails at, the same pages are sent. Method: a story of alerts is told second by second, with a crash before and after
    /// every record of some seconds chosen at random; the pages have to be those of a run without crashes.
    /// </summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Restarts_AtAnyRecord_GiveTheSamePages(int seed)
    {
        var expected = Run(seed, crashes: false);
        Assert.NotEmpty(expected);
        var found = Run(seed, crashes: true);
        var first = expected.Zip(found).TakeWhile(pair => pair.First == pair.Second).Count();
        Assert.True(
            expected.SequenceEqual(found),
            $"seed {seed}, page {first + 1} of {expected.Count} and {found.Count}: expected {expected.ElementAtOrDefault(first)}, found {found.ElementAtOrDefault(first)}");
    }

    [Fact]
    public void Restart_AfterALongOutage_TellsWhatIsDueOnce()
    {
        var alerts = new TestAlerts();
        using var first = new TestLog().Load();
        first.Happens(alerts.Raise("e1", first.Now)).Consume();
        Assert.Single(first.Pages());
        using var second = first.Crash(TimeSpan.FromMinutes(10));
        second.Consume().Consume();
        Assert.Equal(["n1", "c1", "d1"], second.Pages().Select(page => page.Person));
    }

    [Fact]
    public void Restart_BetweenTheEventAndItsPage_TellsIt()
    {
        var alerts = new TestAlerts();
        using var first = new TestLog().Load();
        first.Happens(alerts.Raise("e1", first.Now));
        using var second = first.Crash();
        Assert.Empty(second.Pages());
        second.Consume();
        Assert.Single(second.Pages());
    }

    [Fact]
    public async Task Files_ThatAreGone_TellNobodyAnyMore()
    {
        var alerts = new TestAlerts();
        using var log = new TestLog().Load();
        await log.Log.Append(Queue.RecordKind.NotificationRules, null, new NotificationRulesRecord(log.Now, null, null).Write()).Task;
        log.Happens(alerts.Raise("e1", log.Now)).Consume();
        Assert.Empty(log.Pages());
        Assert.Null(log.Escalator.Plan);
    }

    [Fact]
    public void Rules_Unchanged_AreTheSameObject()
    {
        // What is found out about them is found out once.
        using var log = new TestLog().Load();
        Assert.Same(log.Escalator.Rules, log.Escalator.Rules);
    }

    [Fact]
    public void LastGoodFiles_AfterARestart_CountWithoutTheDisk()
    {
        using var first = new TestLog().Load();
        using var second = first.Crash();
        Assert.NotNull(second.Escalator.Plan);
        Assert.True(second.NotificationRules.Last!.SaysTheSame(first.NotificationRules.Last ?? second.NotificationRules.Last));
    }

    private static List<string> Run(int seed, bool crashes)
    {
        var story = new Random(seed);
        var crash = new Random(seed * 7);
        var alerts = new TestAlerts();
        var known = new List<string>();
        var log = new TestLog().Load(TestPlan.Notifications + "\ngrouping: { within: 3 s }\nflood guard: { pages a minute: 6 }");
        var receipts = 0;
        try
        {
            for (var second = 0; second < Seconds; second++)
            {
                log.Clock.Advance(TimeSpan.FromSeconds(1));
                if (Happen(story, alerts, known, log) is { } happened)
                {
                    Crash(ref log, crashes, crash);
                    log.Happens(happened);
                    Crash(ref log, crashes, crash);
                }

                log.Consume();
                Crash(ref log, crashes, crash);
                var pages = log.Pages();
                for (; receipts < pages.Count; receipts++)
                {
                    // Each third one fails, which has somebody else told.
                    var page = pages[receipts];
                    log.Receive(new PageReceipt(page.Key, page.Channel, receipts % 3 == 2 ? PageState.Failed : PageState.Sent, log.Now, "", false));
                    Crash(ref log, crashes, crash);
                }
            }

            return [.. log.Pages().Select(page => $"{page.Queued} {page.Type} {page.Stage} {page.Person} {page.Channel} {string.Join(',', page.Items.Select(item => item.Episode))} {page.InsteadOf.Length > 0}")];
        }
        finally
        {
            log.Dispose();
        }
    }

    private static AlertEvent? Happen(Random story, TestAlerts alerts, List<string> known, TestLog log)
    {
        var what = story.Next(100);
        var episode = known.Count > 0 ? known[story.Next(known.Count)] : "";
        if (what < 6)
        {
            known.Add($"e{log.Now.UnixMilliseconds}");
            return alerts.Raise(known[^1], log.Now, (AlertPriority)story.Next(1, 4), $"p{story.Next(3)}", "alert " + known[^1]);
        }

        if (episode.Length == 0 || what >= 16)
        {
            return null;
        }

        switch (what)
        {
            case < 8:
                return alerts.Acknowledge(episode, log.Now);
            case < 10:
                known.Remove(episode);
                return alerts.End(episode, log.Now);
            case < 12:
                return alerts.Silence(episode, log.Now, log.Now + TimeSpan.FromSeconds(30));
            case < 14:
                return alerts.Speak(episode, log.Now);
            default:
                return alerts.Step(episode, log.Now, (AlertPriority)story.Next(1, 4));
        }
    }

    private static void Crash(ref TestLog log, bool crashes, Random crash)
    {
        if (!crashes || crash.Next(4) > 0)
        {
            return;
        }

        log.Settle();
        var next = log.Crash();
        log.Dispose();
        log = next;
    }
}
