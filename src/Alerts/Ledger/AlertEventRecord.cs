using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Alerts.Care;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Ledger;

/// <summary>The body of an alert event in the log (topic <c>alert-events/{ward}/{patient}</c>).</summary>
/// <remarks>
/// One JSON object in UTF-8 without line breaks; members that are false, 0 or null are left out, and so is what an older version did not know:
/// <code>
/// {"v":1,                                          version of this form; another one is refused
///  "number":17,"episodeNumber":4,                  place among all events and all episodes of the ledger, from 1
///  "change":"entered","previous":"pending",        what happened, the state before ("none" at the beginning of an episode)
///  "time":1700000015000,"recorded":1700000015120,  Unix ms: in event time; of the input's record or the tick
///  "input":123456,"by":"nurse-1","why":"…",         log address of the input; the person; why, where that is not the status's reason
///  "previousWard":"",                              the ward before a move
///  "id":"p1:spo2-low","episode":"1hq…-4","alert":"SpO2 low","slug":"spo2-low","patient":"p1","ward":"ICU","bed":"ICU-1",
///  "priority":"medium","kind":"physiological","state":"active",
///  "acknowledgedBy":"…","acknowledgedAt":…,"acknowledgedNote":"…",
///  "suppressed":true,"suppressedBy":"…","shadow":true,"unverified":true,"latch":true,"orphaned":true,
///  "silencedBy":"…","silencedFor":"…","silencedAt":…,"silencedUntil":…,
///  "pastSilences":[{"by":"…","at":…}],             at most the last four of the episode within 12 h, oldest first
///  "hold":"pause","reAlarmAt":…,
///  "since":…,"changed":…,"value":"86 %","limit":"88 %","message":"…","reason":"…","ruleSet":"…"}
/// </code>
/// </remarks>
internal static class AlertEventRecord
{
    private const int Version = 1;

    // The log is no web page: "<" stays "<", so that a dump can be read by people.
    private static readonly AlertEventJson Json = new(
        new JsonSerializerOptions(AlertEventJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public static byte[] Write(AlertEvent happened)
    {
        var status = happened.Status;
        return JsonSerializer.SerializeToUtf8Bytes(
            new AlertEventBody
            {
                V = Version,
                Number = happened.Number,
                EpisodeNumber = happened.EpisodeNumber,
                Change = AlertWords.Of(happened.Change),
                Previous = AlertWords.Of(happened.Previous),
                Time = happened.Time.UnixMilliseconds,
                Recorded = happened.Recorded.UnixMilliseconds,
                Input = happened.Input.Address,
                By = NullIfEmpty(happened.By),
                Why = NullIfEmpty(happened.Why),
                PreviousWard = NullIfEmpty(happened.PreviousWard),
                Id = status.Id,
                Episode = status.Episode,
                Alert = status.Alert,
                Slug = status.Slug,
                Patient = status.Patient,
                Ward = status.Ward,
                Bed = status.Bed,
                Priority = AlertWords.Of(status.Priority),
                Kind = AlertWords.Of(status.Kind),
                State = AlertWords.Of(status.State),
                AcknowledgedBy = status.Acknowledgement?.By,
                AcknowledgedAt = status.Acknowledgement?.At.UnixMilliseconds,
                AcknowledgedNote = NullIfEmpty(status.Acknowledgement?.Note),
                Suppressed = status.Suppressed,
                SuppressedBy = NullIfEmpty(status.SuppressedBy),
                Shadow = status.Shadow,
                SilencedBy = status.Silence?.By,
                SilencedFor = status.Silence?.Reason,
                SilencedAt = status.Silence?.At.UnixMilliseconds,
                SilencedUntil = status.Silence?.Until.UnixMilliseconds,
                PastSilences = status.PastSilences.Silences.IsEmpty
                    ? null
                    : [.. status.PastSilences.Silences.Select(past => new PastSilenceBody(past.By, past.At.UnixMilliseconds))],
                Hold = status.Hold == PatientHold.None ? null : AlertWords.Of(status.Hold),
                ReAlarmAt = status.ReAlarmAt?.UnixMilliseconds,
                Unverified = status.Unverified,
                Latch = status.Latch,
                Orphaned = status.Orphaned,
                Since = status.Since.UnixMilliseconds,
                Changed = status.Changed.UnixMilliseconds,
                Value = status.Value,
                Limit = status.Limit,
                Message = status.Message,
                Reason = status.Reason,
                RuleSet = status.RuleSet,
            },
            Json.AlertEventBody);
    }

    /// <summary>Throws <see cref="InvalidDataException"/> if it is no alert event of a known version.</summary>
    public static AlertEvent Read(ReadOnlySpan<byte> body)
    {
        AlertEventBody read;
        try
        {
            read = JsonSerializer.Deserialize(body, Json.AlertEventBody) ?? throw new InvalidDataException("An alert event is 'null'.");
        }
        catch (JsonException failure)
        {
            // The inner message could quote values of a patient.
            throw new InvalidDataException($"An alert event is no JSON of its form (byte {failure.BytePositionInLine}).");
        }

        return read.V == Version
            ? EventOf(read)
            : throw new InvalidDataException($"An alert event has version {read.V}; this version of the gateway knows {Version}.");
    }

    private static AlertEvent EventOf(AlertEventBody body) => new()
    {
        Number = body.Number,
        EpisodeNumber = body.EpisodeNumber,
        Change = AlertWords.Change(body.Change),
        Previous = AlertWords.State(body.Previous),
        Time = new Instant(body.Time),
        Recorded = new Instant(body.Recorded),
        Input = new LogPosition(body.Input),
        By = body.By ?? "",
        Why = body.Why ?? "",
        PreviousWard = body.PreviousWard ?? "",
        Status = StatusOf(body),
    };

    private static AlertStatus StatusOf(AlertEventBody body) => new()
    {
        Id = body.Id,
        Episode = body.Episode,
        Alert = body.Alert,
        Slug = body.Slug,
        Patient = body.Patient,
        Ward = body.Ward,
        Bed = body.Bed,
        Priority = AlertWords.Priority(body.Priority),
        Kind = AlertWords.Kind(body.Kind),
        State = AlertWords.State(body.State),
        Acknowledgement = body.AcknowledgedBy is { } by ? new Acknowledgement(by, new Instant(body.AcknowledgedAt ?? 0), body.AcknowledgedNote ?? "") : null,
        Suppressed = body.Suppressed,
        SuppressedBy = body.SuppressedBy ?? "",
        Shadow = body.Shadow,
        Silence = body.SilencedBy is { } silencedBy
            ? new Silence(silencedBy, body.SilencedFor ?? "", new Instant(body.SilencedAt ?? 0), new Instant(body.SilencedUntil ?? 0))
            : null,
        PastSilences = body.PastSilences is { } past ? SilenceTrail.Of(past.Select(silence => (silence.By, new Instant(silence.At)))) : SilenceTrail.None,
        Hold = body.Hold is null ? PatientHold.None : AlertWords.Hold(body.Hold),
        ReAlarmAt = body.ReAlarmAt is { } again ? new Instant(again) : null,
        Unverified = body.Unverified,
        Latch = body.Latch,
        Orphaned = body.Orphaned,
        Since = new Instant(body.Since),
        Changed = new Instant(body.Changed),
        Value = body.Value,
        Limit = body.Limit,
        Message = body.Message,
        Reason = body.Reason,
        RuleSet = body.RuleSet,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
