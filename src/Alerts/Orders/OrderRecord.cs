using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Alerts.Commands;
using IoTGateway.Alerts.Publishing;

namespace IoTGateway.Alerts.Orders;

/// <summary>The body of an order in the log (topic <c>orders/{patient}</c>, of an order for a whole ward <c>orders/{ward}</c>).</summary>
/// <remarks>
/// One JSON object in UTF-8 without line breaks; members that say nothing are left out:
/// <code>
/// {"v":1,                                        version of this form; another one is refused
///  "by":"nurse-1","request":"1700000000000-1",   the person; by which one who waits knows the answer
///  "kind":"set-limit",                           silence, end-silence, silence-ward, pause, resume, stand-by, end-stand-by, set-limit, clear-limit, note-seen
///  "alert":"p1:spo2-low","episode":"1hq…-4",     of silence and end-silence
///  "ward":"ICU","alertKind":"technical",         of silence-ward
///  "patient":"p1",                               of all others
///  "limit":"spo2_low","value":85,                of set-limit (both) and clear-limit
///  "for":900000,"reason":"…"}                    milliseconds and words, of those that have them
/// </code>
/// </remarks>
/// <param name="By">The identity of the person.</param>
/// <param name="Request">By which one who waits knows the answer; null if nobody does.</param>
/// <param name="Order">What is wanted.</param>
internal sealed record OrderRecord(string By, string? Request, Order Order)
{
    private const int Version = 1;
    private const long MillisecondsAtMost = 100L * 366 * 24 * 3600 * 1000;

    // The log is no web page: "<" stays "<", so that a dump can be read by people.
    private static readonly OrderJson Json = new(new JsonSerializerOptions(OrderJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The log's topic of an order.</summary>
    public static string TopicOf(Order order) => "orders/" + AlertTopics.Level(SubjectOf(order));

    /// <summary>The patient whom an order is about, or the ward.</summary>
    public static string SubjectOf(Order order) => order switch
    {
        SilenceAlert silence => PatientOf(silence.AlertId),
        EndSilence silence => PatientOf(silence.AlertId),
        SilenceWard silence => silence.Ward,
        PausePatient pause => pause.Patient,
        ResumePatient resume => resume.Patient,
        StandBy standBy => standBy.Patient,
        EndStandby standBy => standBy.Patient,
        SetLimit limit => limit.Patient,
        ClearLimit limit => limit.Patient,
        NoteSeen note => note.Patient,
        _ => throw NotKnown(order),
    };

    /// <summary>An order whose reason may be kept and shown: as a note of an acknowledgement.</summary>
    public static Order Safe(Order order) => order switch
    {
        SilenceAlert silence => silence with { Reason = AcknowledgementPayload.Safe(silence.Reason) },
        SilenceWard silence => silence with { Reason = AcknowledgementPayload.Safe(silence.Reason) },
        StandBy standBy => standBy with { Reason = AcknowledgementPayload.Safe(standBy.Reason) },
        SetLimit limit => limit with { Reason = AcknowledgementPayload.Safe(limit.Reason) },
        _ => order,
    };

    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(BodyOf(Order) with { V = Version, By = By, Request = Request }, Json.OrderBody);

    /// <summary>Throws <see cref="InvalidDataException"/> if it is no order of a known version.</summary>
    public static OrderRecord Read(ReadOnlySpan<byte> body)
    {
        OrderBody read;
        try
        {
            read = JsonSerializer.Deserialize(body, Json.OrderBody) ?? throw new InvalidDataException("An order is 'null'.");
        }
        catch (JsonException failure)
        {
            // The inner message could quote values of a patient.
            throw new InvalidDataException($"An order is no JSON of its form (byte {failure.BytePositionInLine}).");
        }

        if (read.V != Version)
        {
            throw new InvalidDataException($"An order has version {read.V}; this version of the gateway knows {Version}.");
        }

        return read.By is { Length: > 0 } by ? new OrderRecord(by, read.Request, OrderOf(read)) : throw new InvalidDataException("An order says nothing of who gave it.");
    }

    private static OrderBody BodyOf(Order order) => order switch
    {
        SilenceAlert silence => new OrderBody { Kind = "silence", Alert = silence.AlertId, Episode = silence.Episode, For = Milliseconds(silence.For), Reason = silence.Reason },
        EndSilence silence => new OrderBody { Kind = "end-silence", Alert = silence.AlertId, Episode = silence.Episode },
        SilenceWard silence => new OrderBody
        {
            Kind = "silence-ward",
            Ward = silence.Ward,
            AlertKind = AlertWords.Of(silence.Kind),
            For = Milliseconds(silence.For),
            Reason = silence.Reason,
        },
        PausePatient pause => new OrderBody { Kind = "pause", Patient = pause.Patient, For = Milliseconds(pause.For) },
        ResumePatient resume => new OrderBody { Kind = "resume", Patient = resume.Patient },
        StandBy standBy => new OrderBody { Kind = "stand-by", Patient = standBy.Patient, For = Milliseconds(standBy.For), Reason = standBy.Reason },
        EndStandby standBy => new OrderBody { Kind = "end-stand-by", Patient = standBy.Patient },
        SetLimit limit => new OrderBody
        {
            Kind = "set-limit",
            Patient = limit.Patient,
            Limit = limit.Limit,
            Value = limit.Value,
            For = Milliseconds(limit.For),
            Reason = limit.Reason,
        },
        ClearLimit limit => new OrderBody { Kind = "clear-limit", Patient = limit.Patient, Limit = limit.Limit },
        NoteSeen note => new OrderBody { Kind = "note-seen", Patient = note.Patient },
        _ => throw NotKnown(order),
    };

    private static Order OrderOf(OrderBody body) => body.Kind switch
    {
        "silence" => new SilenceAlert(Text(body.Alert, "alert"), Text(body.Episode, "episode"), Span(body), body.Reason ?? ""),
        "end-silence" => new EndSilence(Text(body.Alert, "alert"), Text(body.Episode, "episode")),
        "silence-ward" => new SilenceWard(Text(body.Ward, "ward"), AlertWords.Kind(body.AlertKind), Span(body), body.Reason ?? ""),
        "pause" => new PausePatient(Text(body.Patient, "patient"), Span(body)),
        "resume" => new ResumePatient(Text(body.Patient, "patient")),
        "stand-by" => new StandBy(Text(body.Patient, "patient"), Span(body), body.Reason ?? ""),
        "end-stand-by" => new EndStandby(Text(body.Patient, "patient")),
        "set-limit" => new SetLimit(
            Text(body.Patient, "patient"), Text(body.Limit, "limit"), body.Value ?? throw Missing("value"), Span(body), body.Reason ?? ""),
        "clear-limit" => new ClearLimit(Text(body.Patient, "patient"), Text(body.Limit, "limit")),
        "note-seen" => new NoteSeen(Text(body.Patient, "patient")),
        _ => throw new InvalidDataException("An order is of a kind that this version of the gateway does not know."),
    };

    // A slug holds no colon; a patient's id may.
    private static string PatientOf(string alertId) => alertId.LastIndexOf(':') is >= 0 and var colon ? alertId[..colon] : alertId;

    private static long Milliseconds(TimeSpan span) => (long)span.TotalMilliseconds;

    private static TimeSpan Span(OrderBody body)
    {
        // No order is for longer than days; what is out of any range must not overflow a TimeSpan.
        var milliseconds = body.For ?? throw Missing("for");
        return milliseconds is >= -MillisecondsAtMost and <= MillisecondsAtMost
            ? TimeSpan.FromMilliseconds(milliseconds)
            : throw new InvalidDataException("An order is for longer than 100 years.");
    }

    private static string Text(string? text, string member) => string.IsNullOrEmpty(text) ? throw Missing(member) : text;

    private static InvalidDataException Missing(string member) => new($"An order of its kind needs the member '{member}'.");

    private static ArgumentOutOfRangeException NotKnown(Order order) => new(nameof(order), order.GetType().Name, "There is no such order.");
}
