using System.Text.Encodings.Web;
using System.Text.Json;
using IoTGateway.Alerts.Publishing;
using IoTGateway.Queue;
using IoTGateway.Readings;

namespace IoTGateway.Alerts.Care;

/// <summary>The body of a change of care in the log (topic <c>care/{patient}</c>).</summary>
/// <remarks>
/// One JSON object in UTF-8 without line breaks; members that say nothing are left out. Times are Unix ms:
/// <code>
/// {"v":1,                                                 version of this form; another one is refused
///  "number":7,"change":"paused",                          place among all changes; paused, resumed, stood-by, standby-ended, limit-set, limit-ended,
///                                                           note-seen, discharged
///  "patient":"p1","ward":"ICU","bed":"ICU-1",             whose, and where
///  "limit":"spo2_low",                                    of limit-set and limit-ended
///  "time":…,"recorded":…,"input":123456,                  when; of the input's record or the tick; log address of the input
///  "by":"nurse-1","why":"…","ruleSet":"…",                who, in words, rule set in force
///  "pauseBy":"…","pauseSince":…,"pauseUntil":…,           the care after it: a pause
///  "standbyBy":"…","standbyFor":"…","standbySince":…,"standbyUntil":…,   standby; "for": why
///  "limits":[{"limit":"spo2_low","value":85,"by":"…","reason":"…","since":…,"until":…}]}
/// </code>
/// </remarks>
public static class CareRecord
{
    private const int Version = 1;

    private static readonly CareJson Json = new(new JsonSerializerOptions(CareJson.Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>The log's topic of a patient's care.</summary>
    public static string TopicOf(string patient) => "care/" + AlertTopics.Level(patient);

    /// <summary>Writes one.</summary>
    public static byte[] Write(CareEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        var (pause, standby) = (happened.Care.Pause, happened.Care.Standby);
        return JsonSerializer.SerializeToUtf8Bytes(
            new CareBody
            {
                V = Version,
                Number = happened.Number,
                Change = WordOf(happened.Change),
                Patient = happened.Patient,
                Ward = happened.Ward,
                Bed = happened.Bed,
                Limit = NullIfEmpty(happened.Limit),
                Time = happened.Time.UnixMilliseconds,
                Recorded = happened.Recorded.UnixMilliseconds,
                Input = happened.Input.Address,
                By = NullIfEmpty(happened.By),
                Why = happened.Why,
                RuleSet = NullIfEmpty(happened.RuleSet),
                PauseBy = pause?.By,
                PauseSince = pause?.Since.UnixMilliseconds,
                PauseUntil = pause?.Until.UnixMilliseconds,
                StandbyBy = standby?.By,
                StandbyFor = standby?.Reason,
                StandbySince = standby?.Since.UnixMilliseconds,
                StandbyUntil = standby?.Until.UnixMilliseconds,
                Limits = happened.Care.Limits.IsEmpty
                    ? null
                    : [.. happened.Care.Limits.Select(limit => new CareLimitBody(
                        limit.Limit, limit.Value, limit.By, limit.Reason, limit.Since.UnixMilliseconds, limit.Until.UnixMilliseconds))],
            },
            Json.CareBody);
    }

    /// <summary>Reads one back.</summary>
    /// <exception cref="InvalidDataException">It is no change of care of a known version.</exception>
    public static CareEvent Read(ReadOnlySpan<byte> body)
    {
        CareBody read;
        try
        {
            read = JsonSerializer.Deserialize(body, Json.CareBody) ?? throw new InvalidDataException("A change of care is 'null'.");
        }
        catch (JsonException failure)
        {
            // The inner message could quote values of a patient.
            throw new InvalidDataException($"A change of care is no JSON of its form (byte {failure.BytePositionInLine}).");
        }

        return read.V == Version
            ? EventOf(read)
            : throw new InvalidDataException($"A change of care has version {read.V}; this version of the gateway knows {Version}.");
    }

    private static CareEvent EventOf(CareBody body) => new()
    {
        Number = body.Number,
        Change = ChangeOf(body.Change),
        Patient = body.Patient,
        Ward = body.Ward,
        Bed = body.Bed,
        Limit = body.Limit ?? "",
        Time = new Instant(body.Time),
        Recorded = new Instant(body.Recorded),
        Input = new LogPosition(body.Input),
        By = body.By ?? "",
        Why = body.Why,
        RuleSet = body.RuleSet ?? "",
        Care = new PatientCare
        {
            Pause = body.PauseBy is { } pausedBy ? new CarePause(pausedBy, TimeOf(body.PauseSince), TimeOf(body.PauseUntil)) : null,
            Standby = body.StandbyBy is { } by ? new Standby(by, body.StandbyFor ?? "", TimeOf(body.StandbySince), TimeOf(body.StandbyUntil)) : null,
            Limits =
            [
                .. (body.Limits ?? []).Select(limit => new BedsideLimit(
                    limit.Limit, limit.Value, limit.By, limit.Reason, new Instant(limit.Since), new Instant(limit.Until))),
            ],
        },
    };

    private static Instant TimeOf(long? time) => new(time ?? throw new InvalidDataException("A change of care leaves out a time."));

    /// <summary>The word of a change in JSON. It never changes its meaning.</summary>
    internal static string WordOf(CareChange change) => change switch
    {
        CareChange.Paused => "paused",
        CareChange.Resumed => "resumed",
        CareChange.StoodBy => "stood-by",
        CareChange.StandbyEnded => "standby-ended",
        CareChange.LimitSet => "limit-set",
        CareChange.LimitEnded => "limit-ended",
        CareChange.NoteSeen => "note-seen",
        CareChange.Discharged => "discharged",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, "There is no such change."),
    };

    private static CareChange ChangeOf(string word) => word switch
    {
        "paused" => CareChange.Paused,
        "resumed" => CareChange.Resumed,
        "stood-by" => CareChange.StoodBy,
        "standby-ended" => CareChange.StandbyEnded,
        "limit-set" => CareChange.LimitSet,
        "limit-ended" => CareChange.LimitEnded,
        "note-seen" => CareChange.NoteSeen,
        "discharged" => CareChange.Discharged,
        _ => throw new InvalidDataException($"A change of care is '{word}', which this version does not know."),
    };

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
