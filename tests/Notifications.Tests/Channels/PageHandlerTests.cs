using IoTGateway.Alerts.Tests.Doubles;
using IoTGateway.Notifications.Channels;
using IoTGateway.Notifications.Records;
using IoTGateway.Notifications.Tests.Doubles;
using IoTGateway.Queue;
using IoTGateway.Rules;
using IoTGateway.Tests.Support;

namespace IoTGateway.Notifications.Tests.Channels;

/// <summary>Each page once, in order, and marked only where the record says that it may have come before.</summary>
public sealed class PageHandlerTests
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly TestAlerts _alerts = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Crash_BetweenAcceptanceAndRecord_SendsTheSameKeyMarked()
    {
        using var first = Told();
        MemoryDisk? atAcceptance = null;
        var key = "";
        var sender = new FakeSender
        {
            Answer = message =>
            {
                (atAcceptance, key) = (first.Disk.Copy(), message.Page.Key);
                return SendResult.Taken;
            },
        };
        await using (new RunningChannel(first, "pager", sender))
        {
            await Eventually.HoldsAsync("it is sent", Deadline, () => !sender.Taken.IsEmpty, Cancellation);
        }

        Assert.Equal(["Raise e1"], sender.Taken);
        using var second = new TestLog(atAcceptance, first.Clock.GetUtcNow());
        var again = new FakeSender();
        await using (new RunningChannel(second, "pager", again))
        {
            await Eventually.HoldsAsync("it is sent again", Deadline, () => !again.Taken.IsEmpty, Cancellation);
        }

        Assert.Equal(["Raise e1 repeat"], again.Taken);
        Assert.Equal([key], again.Keys);
    }

    [Fact]
    public async Task Crash_BeforeTheTry_SendsItUnmarked()
    {
        using var first = Told();
        using var second = first.Crash();
        var sender = new FakeSender();
        await using (new RunningChannel(second, "pager", sender))
        {
            await Eventually.HoldsAsync("it is sent", Deadline, () => !sender.Taken.IsEmpty, Cancellation);
        }

        Assert.Equal(["Raise e1"], sender.Taken);
    }

    [Fact]
    public async Task Restart_AfterItWasSent_SendsNothing()
    {
        using var first = Told();
        var sender = new FakeSender();
        await using (new RunningChannel(first, "pager", sender))
        {
            await ReceiptAsync(first, PageState.Sent);
        }

        using var second = first.Crash();
        var again = new FakeSender();
        await using (new RunningChannel(second, "pager", again))
        {
            second.Happens(_alerts.Raise("e2", second.Now, patient: "p2")).Consume();
            await Eventually.HoldsAsync("the next one is sent", Deadline, () => !again.Taken.IsEmpty, Cancellation);
        }

        Assert.Equal(["Raise e2"], again.Taken);
    }

    [Fact]
    public async Task Away_ForAnHour_DelaysOnlyItselfAndSendsWhatIsStillTrueInOrderOnce()
    {
        using var log = new TestLog().Load("""
            version: 1
            channels:
              - { channel: pager, webhook: http://127.0.0.1:1/, taken within: 10 min }
              - { channel: mail, webhook: http://127.0.0.1:2/ }
            routes:
              - { route: pager, notify: nurse, tell when over: true }
              - { route: mail, persons: m1 }
            """, """
            version: 1
            people: [{ person: n1, channels: [pager] }, { person: m1, channels: [mail] }]
            roster: [{ ward: ICU, shifts: [{ from: 00:00, to: 24:00, roles: { nurse: n1 } }] }]
            """);
        var isAway = true;
        var pager = new FakeSender { Answer = _ => Volatile.Read(ref isAway) ? new SendResult(SendOutcome.Away, "It is down.", false) : SendResult.Taken };
        var mail = new FakeSender();
        await using var pagers = new RunningChannel(log, "pager", pager);
        await using var mails = new RunningChannel(log, "mail", mail);

        for (var number = 1; number <= 6; number++)
        {
            log.Happens(_alerts.Raise($"e{number}", log.Now, AlertPriority.Medium, alert: $"A{number}")).Consume();
            await Eventually.HoldsAsync("the other channel goes on", Deadline, () => mail.Taken.Count == number, Cancellation);
            log.Clock.Advance(TimeSpan.FromMinutes(10));
        }

        log.Happens(_alerts.End("e2", log.Now)).Happens(_alerts.Acknowledge("e4", log.Now)).Consume();
        Volatile.Write(ref isAway, false);
        await Eventually.HoldsAsync(
            "what is still true is sent", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromSeconds(1));
                log.Consume();
                return pager.Taken.Count == 4;
            },
            Cancellation);
        await Eventually.HoldsAsync(
            "everything has its receipt", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromSeconds(1));
                return log.Consume().Ledger.Pages.All(fact => fact.IsDone);
            },
            Cancellation);

        Assert.Equal(["Raise e1", "Raise e3", "Raise e5", "Raise e6"], pager.Taken);
        Assert.Equal(["Raise e1", "Raise e2", "Raise e3", "Raise e4", "Raise e5", "Raise e6"], mail.Taken);
        Assert.Null(pagers.Failure ?? mails.Failure);
        Assert.Contains(log.Receipts(), receipt => receipt is { State: PageState.Dropped, Reason: "the alert is over" });
        Assert.Contains(log.Receipts(), receipt => receipt is { State: PageState.Dropped, Reason: "nurse-1 has acknowledged the alert" });
    }

    [Fact]
    public async Task Refused_AgainAndAgain_BecomesADeadLetterAndOthersGoOn()
    {
        using var log = Told();
        var sender = new FakeSender { Answer = message => message.Page.Patient == "p1" ? new SendResult(SendOutcome.Refused, "It answers 400.", false) : SendResult.Taken };
        await using var channel = new RunningChannel(log, "pager", sender);
        log.Happens(_alerts.Raise("e2", log.Now, patient: "p2")).Consume();
        await Eventually.HoldsAsync("the other patient's page is sent", Deadline, () => sender.Taken.Contains("Raise e2"), Cancellation);
        await Eventually.HoldsAsync(
            "the refused one is given up", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromSeconds(5));
                return log.Receipts().Exists(receipt => receipt.State == PageState.GivenUp);
            },
            Cancellation);
        Assert.Equal(1, log.Count(RecordKind.DeadLetter));
        Assert.Equal(PageHandler.RefusedAtMost, sender.Keys.Count(key => log.Pages()[0].Key == key));
    }

    [Theory]
    [InlineData("Refused")]
    [InlineData("Unclear")]
    [InlineData("Away")]
    public async Task Over_ThatIsNotTaken_HoldsUpNoCall(string outcome)
    {
        using var log = Told();
        var sender = new FakeSender
        {
            Answer = message => message.Page.Type == PageType.Over ? new SendResult(Enum.Parse<SendOutcome>(outcome), "Not that.", false) : SendResult.Taken,
        };
        await using var channel = new RunningChannel(log, "pager", sender);
        await ReceiptAsync(log, PageState.Sent);
        log.Consume().Happens(_alerts.End("e1", log.Now)).Consume();
        await Eventually.HoldsAsync("the end is not taken", Deadline, () => log.Receipts().Exists(receipt => receipt.State == PageState.Failed), Cancellation);

        // The clock stands still: whatever waited for another try of the "over" would never come.
        log.Happens(_alerts.Raise("e2", log.Now, alert: "Asystole")).Consume();
        await Eventually.HoldsAsync("the next call is sent", Deadline, () => sender.Taken.Contains("Raise e2"), Cancellation);
        Assert.Null(channel.Failure);
    }

    [Fact]
    public async Task Over_WhileTheAlertsOwnPageIsOnItsWay_ComesBehindIt()
    {
        using var log = Told();
        using var mayAnswer = new ManualResetEventSlim();
        using var isOnItsWay = new ManualResetEventSlim();
        var sender = new FakeSender
        {
            Answer = message =>
            {
                if (message.Page.Type == PageType.Raise)
                {
                    isOnItsWay.Set();
                    mayAnswer.Wait(Deadline, Cancellation);
                }

                return SendResult.Taken;
            },
        };
        await using var channel = new RunningChannel(log, "pager", sender);
        Assert.True(isOnItsWay.Wait(Deadline, Cancellation));
        log.Happens(_alerts.End("e1", log.Now)).Consume();
        Assert.Contains(log.Pages(), page => page.Type == PageType.Over);
        mayAnswer.Set();
        await Eventually.HoldsAsync(
            "both are sent", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromSeconds(1));
                log.Consume();
                return sender.Taken.Count == 2;
            },
            Cancellation);
        Assert.Equal(["Raise e1", "Over e1"], sender.Taken);
    }

    [Fact]
    public async Task Over_OfAnAlertThatWasToldAnewSince_IsNotTold()
    {
        using var log = Told();
        var takesOver = false;
        var sender = new FakeSender
        {
            Answer = message => message.Page.Type == PageType.Over && !Volatile.Read(ref takesOver) ? new SendResult(SendOutcome.Unclear, "Not now.", false) : SendResult.Taken,
        };
        await using var channel = new RunningChannel(log, "pager", sender);
        await ReceiptAsync(log, PageState.Sent);
        log.Consume().Happens(_alerts.End("e1", log.Now)).Consume();
        await Eventually.HoldsAsync("the end is not taken", Deadline, () => log.Receipts().Exists(receipt => receipt.State == PageState.Failed), Cancellation);
        log.Happens(_alerts.Raise("e2", log.Now)).Consume();
        await Eventually.HoldsAsync("the new call is sent", Deadline, () => sender.Taken.Contains("Raise e2"), Cancellation);
        Volatile.Write(ref takesOver, true);
        await Eventually.HoldsAsync(
            "the old end is dropped", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromSeconds(1));
                log.Consume();
                return log.Receipts().Exists(receipt => receipt is { State: PageState.Dropped, Reason: "the alert was told anew since" });
            },
            Cancellation);

        // "Over" behind the new call would read as if the new one were over.
        Assert.Equal(["Raise e1", "Raise e2"], sender.Taken);
    }

    [Fact]
    public async Task Unclear_ForOnePersonOfOnePatient_HoldsUpNobodyElse()
    {
        using var log = new TestLog().Load("""
            version: 1
            channels: [{ channel: pager, webhook: http://127.0.0.1:1/, taken within: 10 min }]
            routes: [{ route: all, notify: nurse }]
            """, """
            version: 1
            people: [{ person: n1, channels: [pager] }, { person: n2, channels: [pager] }]
            roster: [{ ward: ICU, shifts: [{ from: 00:00, to: 24:00, roles: { nurse: [n1, n2] } }] }]
            """);
        var sender = new FakeSender
        {
            Answer = message => message.Page is { Patient: "p1", Person: "n1" } ? new SendResult(SendOutcome.Unclear, "It answers 500.", true) : SendResult.Taken,
        };
        await using var channel = new RunningChannel(log, "pager", sender);
        log.Happens(_alerts.Raise("e1", log.Now)).Consume();
        await Eventually.HoldsAsync("it failed", Deadline, () => log.Receipts().Exists(receipt => receipt.State == PageState.Failed), Cancellation);
        log.Happens(_alerts.Raise("e2", log.Now, patient: "p2")).Consume();
        await Eventually.HoldsAsync("all others are sent", Deadline, () => sender.Taken.Count == 3, Cancellation);

        Assert.Equal(["Raise e1", "Raise e2", "Raise e2"], sender.Taken.Order());
        Assert.Null(channel.Failure);
    }

    [Fact]
    public async Task Unclear_WithOthersBehindIt_IsTriedOnceAtATime()
    {
        using var log = Told();
        var tries = new List<DateTimeOffset>();
        var first = log.Pages()[0].Key;
        var sender = new FakeSender
        {
            Answer = message =>
            {
                if (message.Page.Key == first)
                {
                    tries.Add(log.Clock.GetUtcNow());
                    return new SendResult(SendOutcome.Unclear, "It answers 500.", true);
                }

                return SendResult.Taken;
            },
        };
        await using var channel = new RunningChannel(log, "pager", sender);
        await Eventually.HoldsAsync("it is tried", Deadline, () => tries.Count > 0, Cancellation);
        for (var number = 2; number <= 5; number++)
        {
            log.Happens(_alerts.Raise($"e{number}", log.Now, alert: $"A{number}")).Consume();
        }

        await Eventually.HoldsAsync(
            "it is tried again and again", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromMilliseconds(100));
                return tries.Count >= 6;
            },
            Cancellation);
        Assert.Equal(tries.Distinct(), tries);
        Assert.DoesNotContain("Raise e2", sender.Taken);
    }

    [Fact]
    public async Task FailedTry_ThatMayHaveArrived_IsMarkedWhenItIsSentAgain()
    {
        using var log = Told();
        var tries = 0;
        var sender = new FakeSender { Answer = _ => ++tries == 1 ? new SendResult(SendOutcome.Away, "No answer.", true) : SendResult.Taken };
        await using var channel = new RunningChannel(log, "pager", sender);
        await Eventually.HoldsAsync(
            "it is sent", Deadline,
            () =>
            {
                log.Clock.Advance(TimeSpan.FromSeconds(1));
                return !sender.Taken.IsEmpty;
            },
            Cancellation);
        Assert.Equal(["Raise e1 repeat"], sender.Taken);
    }

    private TestLog Told()
    {
        var log = new TestLog().Load();
        log.Happens(_alerts.Raise("e1", log.Now)).Consume();
        Assert.Single(log.Pages());
        return log;
    }

    private static Task ReceiptAsync(TestLog log, PageState state) =>
        Eventually.HoldsAsync($"the receipt '{state}'", Deadline, () => log.Receipts().Exists(receipt => receipt.State == state), Cancellation);
}
