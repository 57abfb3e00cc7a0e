using IoTGateway.Archive.Files;
using IoTGateway.Archive.Tests.Doubles;
using IoTGateway.Notifications;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;
using IoTGateway.Rules;
using static IoTGateway.Archive.Tests.Doubles.TestEvents;

namespace IoTGateway.Archive.Tests.Entries;

/// <summary>Who was paged, what became of it, and that nobody was there.</summary>
public sealed class PageEntriesTests : IDisposable
{
    private static readonly Page Raised = new()
    {
        Key = "k-1",
        Number = 1,
        Type = PageType.Raise,
        Stage = 0,
        Role = "",
        Person = "phone-1",
        Name = "Ward phone",
        Channel = "pager",
        Address = "4711",
        Ward = "ICU",
        Patient = "p1",
        Bed = "ICU-1",
        Queued = At(1),
        Items = [new PageItem("e1", "p1:spo2-low", 1, "SpO2 low", AlertPriority.Medium, AlertKind.Physiological, AlertState.Active, Noon, "86 %", "88 %", "", "")],
    };

    private static readonly EscalationStep Step = new()
    {
        Episode = "e1",
        Ward = "ICU",
        Patient = "p1",
        Call = 1,
        Raise = 1,
        Since = Noon,
        Stages = [new EscalationStage(TimeSpan.FromMinutes(2), "charge nurse")],
        At = At(120),
        Why = "stage 1: charge nurse",
    };

    private readonly ArchiveFixture _fixture = new();
    private long _position = 100;

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public async Task StoreAsync_Pages_TellWhoWasTold()
    {
        await StoreAsync(Raised);
        await StoreAsync(Raised with { Key = "k-2", Type = PageType.Stage, Stage = 1, Role = "charge nurse", Name = "CD", InsteadOf = "k-1" });
        await StoreAsync(Raised with { Key = "k-3", Type = PageType.NobodyReached, Stage = 1 });
        await StoreAsync(Raised with { Key = "k-4", Type = PageType.Over });
        Assert.Equal(
            [
                "Ward phone paged by pager: SpO2 low",
                "CD (charge nurse) paged as stage 1 by pager, in place of one that could not be reached: SpO2 low",
                "Ward phone paged again, since nobody was reached, by pager: SpO2 low",
                "Ward phone told the end by pager: SpO2 low",
            ],
            _fixture.Query("SELECT words FROM entries ORDER BY id"));
        Assert.Equal(["9|ICU|p1|2|e1"], _fixture.Query("SELECT DISTINCT kind, ward, patient, priority, episode FROM entries"));
    }

    [Fact]
    public async Task StoreAsync_Receipts_AreKeptAndToldWhereAPageDidNotArrive()
    {
        await StoreAsync(Raised);
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Sending, At(2), "", false));
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Failed, At(3), "no answer", true));
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Failed, At(9), "no answer", true));
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Sent, At(10), "", false));
        await StoreAsync(new PageReceipt("k-none", "pager", PageState.GivenUp, At(11), "", false)); // Its page stood in a gap.
        Assert.Equal(["Ward phone paged by pager: SpO2 low", "Ward phone could not be reached by pager (SpO2 low): no answer"], _fixture.Query("SELECT words FROM entries ORDER BY id"));
        Assert.Equal([$"k-1|sent|{At(10).UnixMilliseconds}||2"], _fixture.Query("SELECT key, state, changed, reason, failures FROM pages"));

        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Dropped, At(20), "the alert is over", false));
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.GivenUp, At(21), "24 h", false));
        Assert.Equal(
            ["Ward phone was not paged by pager (SpO2 low): the alert is over", "Ward phone could not be reached, and it was given up, by pager (SpO2 low): 24 h"],
            _fixture.Query("SELECT words FROM entries WHERE position >= 106 ORDER BY id"));
        Assert.Equal(0, _fixture.Store.State.Unread);
    }

    [Fact]
    public async Task StoreAsync_DeliveredBeforeSentIsOnRecord_StaysDelivered()
    {
        await StoreAsync(Raised);
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Sending, At(2), "", false));
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Delivered, At(3), "", false));
        await StoreAsync(new PageReceipt("k-1", "pager", PageState.Sent, At(4), "", false));
        Assert.Equal([$"k-1|delivered|{At(3).UnixMilliseconds}"], _fixture.Query("SELECT key, state, changed FROM pages"));
    }

    [Fact]
    public async Task StoreAsync_Steps_AreToldWhereNobodyWasThere()
    {
        await _fixture.StoreAsync(Record(10, Event(Status())));
        await StoreAsync(Step);
        await StoreAsync(Step with { Why = "stage 1: charge nurse; not a soul", TellsNobody = true });
        await StoreAsync(Step with { Why = "stage 1: charge nurse; nobody has that role now", TellsNobody = false });
        await StoreAsync(Step with { Repeats = 1, Why = "nobody reached: all stages are told again" });
        await StoreAsync(Step with { Repeats = 1, OverTold = true, Why = "over" });
        Assert.Equal(
            ["SpO2 low: stage 1: charge nurse; not a soul|ICU-1|2", "SpO2 low: nobody reached: all stages are told again|ICU-1|2"],
            _fixture.Query("SELECT words, bed, priority FROM entries WHERE kind = 9 ORDER BY id"));
    }

    [Fact]
    public async Task CleanAsync_AfterTheRetention_DeletesThePage()
    {
        await StoreAsync(Raised);
        _fixture.Clock.Advance(TimeSpan.FromDays(399));
        await _fixture.Store.CleanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["k-1"], _fixture.Query("SELECT key FROM pages"));
        _fixture.Clock.Advance(TimeSpan.FromDays(2));
        await _fixture.Store.CleanAsync(TestContext.Current.CancellationToken);
        Assert.Empty(_fixture.Query("SELECT key FROM pages"));
    }

    private Task StoreAsync(Page page) => StoreAsync(RecordKind.Page, PageRecord.Write(page));

    private Task StoreAsync(EscalationStep step) => StoreAsync(RecordKind.Page, PageRecord.Write(step));

    private Task StoreAsync(PageReceipt receipt) => StoreAsync(RecordKind.PageReceipt, PageReceiptRecord.Write(receipt));

    private Task StoreAsync(RecordKind kind, byte[] body) => _fixture.StoreAsync(new ArchiveRecord(new LogPosition(_position++), kind, "", Noon, body));
}
