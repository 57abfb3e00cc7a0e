using System.Text.Json;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Records;

/// <summary>
/// The bodies of the records of the kind <see cref="Queue.RecordKind.Page"/>: a step of an escalation (topic <c>escalations/{ward}/{patient}</c>), and behind it
/// in the same append a page for each recipient (topic <c>pages/{channel}/{patient}/{person}</c>).
/// </summary>
/// <remarks>
/// One JSON object in UTF-8 without line breaks; members that are false, 0 or null are left out; times are Unix milliseconds:
/// <code>
/// {"v":1,"form":"step",                        version of this form; another one is refused
///  "episode":"1hq…-4","ward":"ICU","patient":"p1",
///  "call":17,"raise":17,                       number of the alert event with which it began to call; of the newest one told as a raise
///  "since":1700000000000,                      from when on the times count
///  "stages":[{"afterMs":120000,"notify":"charge nurse"}],
///  "reached":1,"reachedAt":…,"repeats":0,      stages reached; when the last was, or was repeated; repetitions after the last stage
///  "tellWhenOver":true,"overTold":true,
///  "tellsNobody":false,                        whether nobody was there to be told at this step; older records say so in their reason alone
///  "at":…,"why":"stage 1: charge nurse"}
///
/// {"v":1,"form":"page","key":"1hq…-9","number":9,
///  "type":"stage","stage":1,"role":"charge nurse","person":"phone-2","name":"Ward phone 2","channel":"pager","address":"4711",
///  "ward":"ICU","patient":"p1","bed":"ICU-1","queued":…,"tellWhenOver":true,"insteadOf":"1hq…-8",
///  "items":[{"episode":"1hq…-4","alertId":"p1:spo2-low","call":17,"alert":"SpO2 low","priority":"high","kind":"physiological","state":"active",
///            "since":…,"value":"84 %","limit":"88 %","message":"…","reason":"…"}]}
/// </code>
/// </remarks>
public static class PageRecord
{
    private const int Version = 1;
    private const string PageForm = "page";
    private const string StepForm = "step";

    /// <summary>The topic of a page: what a person is told of a patient comes in order; what fails for one person holds up no other, nor another patient.</summary>
    public static string TopicOf(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return TopicPrefix(page.Channel) + AlertTopics.Level(page.Patient) + "/" + AlertTopics.Level(page.Person);
    }

    /// <summary>What the topics of all pages of a channel begin with.</summary>
    public static string TopicPrefix(string channel) => "pages/" + channel + "/";

    /// <summary>The topic of a step.</summary>
    public static string TopicOf(EscalationStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return "escalations/" + AlertTopics.Level(step.Ward) + "/" + AlertTopics.Level(step.Patient);
    }

    /// <summary>The body of a page.</summary>
    public static byte[] Write(Page page)
    {
        ArgumentNullException.ThrowIfNull(page);
        return JsonSerializer.SerializeToUtf8Bytes(
            new PageBody
            {
                V = Version,
                Form = PageForm,
                Key = page.Key,
                Number = page.Number,
                Type = PageWords.Of(page.Type),
                Stage = page.Stage,
                Role = page.Role,
                Person = page.Person,
                Name = page.Name,
                Channel = page.Channel,
                Address = page.Address,
                Ward = page.Ward,
                Patient = page.Patient,
                Bed = page.Bed,
                Queued = page.Queued.UnixMilliseconds,
                TellWhenOver = page.TellWhenOver,
                InsteadOf = page.InsteadOf,
                Items = [.. page.Items.Select(BodyOf)],
            },
            RecordText.Json.PageBody);
    }

    /// <summary>The body of a step.</summary>
    public static byte[] Write(EscalationStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return JsonSerializer.SerializeToUtf8Bytes(
            new StepBody
            {
                V = Version,
                Form = StepForm,
                Episode = step.Episode,
                Ward = step.Ward,
                Patient = step.Patient,
                Call = step.Call,
                Raise = step.Raise,
                Since = step.Since.UnixMilliseconds,
                Stages = [.. step.Stages.Select(stage => new StageBody { AfterMs = (long)stage.After.TotalMilliseconds, Notify = stage.Notify })],
                Reached = step.Reached,
                ReachedAt = step.ReachedAt.UnixMilliseconds,
                Repeats = step.Repeats,
                TellWhenOver = step.TellWhenOver,
                OverTold = step.OverTold,
                TellsNobody = step.TellsNobody,
                At = step.At.UnixMilliseconds,
                Why = step.Why,
            },
            RecordText.Json.StepBody);
    }

    /// <summary>Reads a body: a page or a step, the other one is null.</summary>
    /// <exception cref="InvalidDataException">It is neither, or of another version.</exception>
    public static (Page? Page, EscalationStep? Step) Read(ReadOnlySpan<byte> body)
    {
        var page = RecordText.Read(body, RecordText.Json.PageBody, "A page");
        if (page.V != Version)
        {
            throw new InvalidDataException($"A page has version {page.V}; this version of the gateway knows {Version}.");
        }

        return page.Form switch
        {
            PageForm => (PageOf(page), null),
            StepForm => (null, StepOf(RecordText.Read(body, RecordText.Json.StepBody, "A step of an escalation"))),
            _ => throw new InvalidDataException($"A page has the form '{page.Form}', which this version of the gateway does not know."),
        };
    }

    private static PageItemBody BodyOf(PageItem item) => new()
    {
        Episode = item.Episode,
        AlertId = item.AlertId,
        Call = item.Call,
        Alert = item.Alert,
        Priority = AlertWords.Of(item.Priority),
        Kind = AlertWords.Of(item.Kind),
        State = AlertWords.Of(item.State),
        Since = item.Since.UnixMilliseconds,
        Value = item.Value,
        Limit = item.Limit,
        Message = item.Message,
        Reason = item.Reason,
    };

    private static PageItem ItemOf(PageItemBody item) => new(
        item.Episode, item.AlertId, item.Call, item.Alert, AlertWords.Priority(item.Priority), AlertWords.Kind(item.Kind), AlertWords.State(item.State),
        new Instant(item.Since), item.Value, item.Limit, item.Message, item.Reason);

    private static Page PageOf(PageBody body) => new()
    {
        Key = body.Key,
        Number = body.Number,
        Type = PageWords.Type(body.Type),
        Stage = body.Stage,
        Role = body.Role,
        Person = body.Person,
        Name = body.Name,
        Channel = body.Channel,
        Address = body.Address,
        Ward = body.Ward,
        Patient = body.Patient,
        Bed = body.Bed,
        Queued = new Instant(body.Queued),
        TellWhenOver = body.TellWhenOver,
        InsteadOf = body.InsteadOf,
        Items = body.Items.Length > 0 ? [.. body.Items.Select(ItemOf)] : throw new InvalidDataException("A page tells of no alert."),
    };

    /// <summary>How records tell it that are older than the member.</summary>
    private static bool SaidToTellNobody(string why) =>
        why.EndsWith("nobody has that role now", StringComparison.Ordinal) || why.EndsWith("no route tells anybody", StringComparison.Ordinal);

    private static EscalationStep StepOf(StepBody body) => new()
    {
        Episode = body.Episode,
        Ward = body.Ward,
        Patient = body.Patient,
        Call = body.Call,
        Raise = body.Raise,
        Since = new Instant(body.Since),
        Stages = [.. body.Stages.Select(stage => new EscalationStage(TimeSpan.FromMilliseconds(stage.AfterMs), stage.Notify))],
        Reached = body.Reached,
        ReachedAt = new Instant(body.ReachedAt),
        Repeats = body.Repeats,
        TellWhenOver = body.TellWhenOver,
        OverTold = body.OverTold,
        TellsNobody = body.TellsNobody ?? SaidToTellNobody(body.Why),
        At = new Instant(body.At),
        Why = body.Why,
    };
}
