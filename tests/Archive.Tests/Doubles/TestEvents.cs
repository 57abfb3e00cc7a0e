using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Ledger;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;
using IoTGateway.Rules;

namespace IoTGateway.Archive.Tests.Doubles;

/// <summary>Alert events and censuses, with short ways to make them.</summary>
internal static class TestEvents
{
    /// <summary>2026-11-22T12:00:00Z.</summary>
    public static readonly Instant Noon = Instant.From(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero));

    public static Instant At(double seconds) => Noon + TimeSpan.FromSeconds(seconds);

    public static AlertStatus Status(string alert = "SpO2 low", string patient = "p1", long episode = 1, string ward = "ICU", string bed = "ICU-1") => new()
    {
        Id = $"{patient}:{Slug(alert)}",
        Episode = $"e{episode}",
        Alert = alert,
        Slug = Slug(alert),
        Patient = patient,
        Ward = ward,
        Bed = bed,
        Priority = AlertPriority.Medium,
        Kind = AlertKind.Physiological,
        State = AlertState.Active,
        Since = Noon,
        Changed = Noon,
        Value = "86 %",
        Limit = "88 %",
        Message = "SpO2 86 %, limit 88 %",
        Reason = "SpO2 86 % < 88 % for 15 s",
        RuleSet = "rules-1",
    };

    /// <summary>An event that leads from one status to another.</summary>
    public static AlertEvent Event(
        AlertStatus status, double seconds = 0, AlertState previous = AlertState.Unknown, AlertChange change = AlertChange.Entered, long episode = 1, string by = "", string previousWard = "") => new()
        {
            Number = 1,
            EpisodeNumber = episode,
            Change = change,
            Previous = previous,
            Status = status,
            Time = At(seconds),
            Recorded = At(seconds),
            Input = new LogPosition(1),
            By = by,
            PreviousWard = previousWard,
        };

    public static AlertStatus Acknowledged(this AlertStatus status, double seconds, string by = "AB", string note = "") =>
        status with { Acknowledgement = new Acknowledgement(by, At(seconds), note) };

    public static AlertStatus Silenced(this AlertStatus status, double seconds, double forSeconds, string by = "AB", string reason = "turning the patient") =>
        status with { Silence = new Silence(by, reason, At(seconds), At(seconds + forSeconds)) };

    public static AlertStatus Held(this AlertStatus status, PatientHold hold) => status with { Hold = hold };

    public static ArchiveRecord Record(long position, AlertEvent happened) =>
        new(new LogPosition(position), RecordKind.AlertEvent, $"alert-events/{happened.Status.Ward}/{happened.Status.Patient}", happened.Recorded, AlertEventRecord.Write(happened));

    public static ArchiveRecord Record(long position, Instant from, WardCensus census) =>
        new(new LogPosition(position), RecordKind.Census, "", from, new CensusRecord(from, census).Write());

    public static ArchiveRecord Record(long position, RuleSetRecord step) =>
        new(new LogPosition(position), RecordKind.RuleSet, "", Noon, step.Write());

    public static WardCensus Census(params ReadOnlySpan<Bed> beds) => new([.. beds]);

    public static Bed Bed(string bed, string? patient = null, string ward = "ICU", params ReadOnlySpan<string> devices) => new(bed, ward, patient, [.. devices], [], []);

    private static string Slug(string alert) => alert.ToLowerInvariant().Replace(' ', '-');
}
