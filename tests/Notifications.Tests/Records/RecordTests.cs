using System.Text;
using IoTGateway.Notifications.Http;
using IoTGateway.Notifications.Records;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Tests.Records;

/// <summary>What is written is read back the same; what is of another version or broken is refused.</summary>
public sealed class RecordTests
{
    private static readonly Instant At = new(1_700_000_000_123);

    [Fact]
    public void Page_WrittenAndRead_IsTheSame()
    {
        var page = new Page
        {
            Key = "k",
            Number = 7,
            Type = PageType.Stage,
            Stage = 2,
            Role = "nurse",
            Person = "n/1",
            Name = "Nurse <1>",
            Channel = "pager",
            Address = "4711",
            Ward = "ICU/1",
            Patient = "p1",
            Bed = "b",
            Queued = At,
            TellWhenOver = true,
            InsteadOf = "j",
            Items = [new PageItem("e", "p1:a", 3, "A", AlertPriority.Medium, AlertKind.Technical, AlertState.Latched, At, "1", "2", "m", "r")],
        };
        var read = PageRecord.Read(PageRecord.Write(page));
        Assert.Null(read.Step);
        Assert.Equal(page.Items, read.Page!.Items);
        Assert.Equal(page, read.Page with { Items = page.Items });
        Assert.Equal("pages/pager/p1/n%2F1", PageRecord.TopicOf(page));
    }

    [Fact]
    public void Step_WrittenAndRead_IsTheSame()
    {
        var step = new EscalationStep
        {
            Episode = "e",
            Ward = "ICU/1",
            Patient = "p1",
            Call = 3,
            Raise = 4,
            Since = At,
            Stages = [new EscalationStage(TimeSpan.FromSeconds(90), "nurse")],
            Reached = 1,
            ReachedAt = At,
            Repeats = 2,
            TellWhenOver = true,
            OverTold = true,
            TellsNobody = true,
            At = At,
            Why = "w",
        };
        var read = PageRecord.Read(PageRecord.Write(step));
        Assert.Null(read.Page);
        Assert.Equal(step.Stages, read.Step!.Stages);
        Assert.Equal(step, read.Step with { Stages = step.Stages });
        Assert.Equal("escalations/ICU%2F1/p1", PageRecord.TopicOf(step));
    }

    [Theory]
    [InlineData("stage 1: nurse; nobody has that role now", "", true)]
    [InlineData("raised: no route tells anybody", "", true)]
    [InlineData("raised: nurses", "", false)]
    [InlineData("stage 1: nurse; nobody has that role now", "\"tellsNobody\":false,", false)]
    [InlineData("in other words", "\"tellsNobody\":true,", true)]
    public void Step_MemberMissing_IsReadFromTheReasonAsOlderRecordsSayIt(string why, string member, bool tellsNobody)
    {
        var body = $$"""{"v":1,"form":"step","episode":"e","ward":"ICU","patient":"p1","call":1,"raise":1,"since":1,"stages":[],{{member}}"at":1,"why":"{{why}}"}""";
        Assert.Equal(tellsNobody, PageRecord.Read(System.Text.Encoding.UTF8.GetBytes(body)).Step!.TellsNobody);
    }

    [Fact]
    public void Receipt_WrittenAndRead_IsTheSame()
    {
        var receipt = new PageReceipt("k", "pager", PageState.Failed, At, "why", true);
        Assert.Equal(receipt, PageReceiptRecord.Read(PageReceiptRecord.Write(receipt)));
    }

    [Fact]
    public void NotificationRules_WrittenAndRead_AreTheSame()
    {
        var record = new NotificationRulesRecord(At, new RuleFile("r", "roster é"), new RuleFile("n", "rules"));
        Assert.Equal(record, NotificationRulesRecord.Read(record.Write()));
        var none = new NotificationRulesRecord(At, null, null);
        Assert.Equal(none, NotificationRulesRecord.Read(none.Write()));
        Assert.False(record.SaysTheSame(none));
    }

    [Theory]
    [InlineData("""{"v":2,"form":"page"}""")]
    [InlineData("""{"v":1,"form":"other"}""")]
    [InlineData("""{"v":1,"form":"page","type":"raise","items":[]}""")]
    [InlineData("""{"v":1,"form":"page","type":"call"}""")]
    [InlineData("null")]
    [InlineData("{")]
    public void Page_ThatIsNone_IsRefused(string body) => Assert.Throws<InvalidDataException>(() => PageRecord.Read(Encoding.UTF8.GetBytes(body)));

    [Theory]
    [InlineData("""{"key":"k","delivered":true}""", true, "")]
    [InlineData("""{"key":"k","acknowledged":{"by":" nurse-1 "}}""", true, "nurse-1")]
    [InlineData("""{"key":"k","acknowledged":{"by":""}}""", false, "")]
    [InlineData("""{"key":"k","acknowledged":{"by":"a\u0000b"}}""", false, "")]
    [InlineData("""{"key":"k","acknowledged":"nurse-1"}""", false, "")]
    [InlineData("""{"key":"k","delivered":false}""", false, "")]
    [InlineData("""{"key":"j","delivered":true}""", false, "")]
    [InlineData("""[]""", false, "")]
    [InlineData("""{""", false, "")]
    public void Reply_OfAPager_IsReadOrRefusedWithASentence(string body, bool isGood, string by)
    {
        var reply = PageReply.TryRead(Encoding.UTF8.GetBytes(body), "k", out var mistake);
        Assert.Equal(isGood, reply is not null);
        Assert.Equal(isGood, mistake.Length == 0);
        Assert.Equal(by, reply?.AcknowledgedBy ?? "");
    }
}
