using System.Collections.Immutable;
using System.Text.Json;

namespace IoTGateway.Readings.Observations;

/// <summary>
/// An observation as it stands in the log: what it says from here on, and what it takes the place of. It needs nothing else to be understood, so every
/// consumer can follow it without remembering the versions before.
/// </summary>
/// <remarks>
/// Format 1, UTF-8 without byte order mark, here with line breaks that are not written; <c>dropped</c>, <c>note</c>, <c>retracted</c> and <c>before</c> are left out where there
/// is nothing of the kind, <c>bed</c> where the patient lay in none:
/// <code>
/// {"format":1,
///  "id":"o-1700000000000-1",
///  "revision":2,                    1 for what was entered first; each correction is one more
///  "patient":"p1",
///  "ward":"ICU","bed":"ICU-1",      where the patient lay when it was taken
///  "taken":1700000000000,           Unix milliseconds; no two observations of a patient ever have the same
///  "recorded":1700000060000,        Unix milliseconds
///  "by":"nurse-1",
///  "values":{"temp":37.2,"avpu":65}, letters by their character code
///  "dropped":["hr"],                signals that an earlier version had at this time and this one has not
///  "note":"after the bath",
///  "retracted":"wrong patient",     why it was taken back; then the values are those it had
///  "before":{"taken":...,"ward":"ICU","bed":"ICU-1","values":{"temp":39.2,"hr":7}}}   the version before
/// </code>
/// Members nobody knows are passed over, so a format number is needed only where old ones change their meaning.
/// </remarks>
/// <param name="Observation">What it says from here on.</param>
/// <param name="Ward">The ward in which the patient lay when it was taken, or <see cref="Census.Assignment.UnassignedWard"/>.</param>
/// <param name="Bed">The bed, or empty.</param>
/// <param name="Before">What it takes the place of; null for what was entered first.</param>
public sealed record ObservationRecord(Observation Observation, string Ward, string Bed, ObservationVersion? Before)
{
    /// <summary>The format that is written, and the only one that is read.</summary>
    public const int Format = 1;

    /// <summary>Signals that an earlier version said at this time and this one does not say any more.</summary>
    public ImmutableArray<string> Dropped { get; init; } = [];

    /// <summary>Where this version stands in stores.</summary>
    public ObservationVersion Version => new(Observation.Taken, Ward, Bed, Observation.Values) { Dropped = Dropped };

    /// <summary>The body of the log record, in UTF-8.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(
        new ObservationDocument
        {
            Format = Format,
            Id = Observation.Id,
            Revision = Observation.Revision,
            Patient = Observation.Patient,
            Ward = Ward,
            Bed = Bed.Length == 0 ? null : Bed,
            Taken = Observation.Taken.UnixMilliseconds,
            Recorded = Observation.Recorded.UnixMilliseconds,
            By = Observation.By,
            Values = ToDocument(Observation.Values),
            Dropped = Dropped.IsEmpty ? null : [.. Dropped],
            Note = Observation.Note.Length == 0 ? null : Observation.Note,
            Retracted = Observation.Retracted,
            Before = Before is null ? null : new ObservationDocumentVersion
            {
                Taken = Before.Taken.UnixMilliseconds,
                Ward = Before.Ward,
                Bed = Before.Bed.Length == 0 ? null : Before.Bed,
                Values = ToDocument(Before.Values),
                Dropped = Before.Dropped.IsEmpty ? null : [.. Before.Dropped],
            },
        },
        ObservationJson.Default.ObservationDocument);

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none, or of a format this version does not know.</summary>
    public static ObservationRecord Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var read = JsonSerializer.Deserialize(body, ObservationJson.Default.ObservationDocument) ?? throw Missing("format");
            if (read.Format != Format)
            {
                throw new InvalidDataException(
                    $"The observation record is of format {read.Format}; this version reads format {Format}. Run the version of the gateway that wrote it, or a newer one.");
            }

            var observation = new Observation(
                read.Id ?? throw Missing("id"),
                read.Patient ?? throw Missing("patient"),
                new Instant(read.Taken ?? throw Missing("taken")),
                read.By ?? throw Missing("by"),
                FromDocument(read.Values),
                read.Note ?? "")
            {
                Revision = read.Revision ?? throw Missing("revision"),
                Recorded = new Instant(read.Recorded ?? throw Missing("recorded")),
                Retracted = read.Retracted,
            };
            return new ObservationRecord(observation, read.Ward ?? throw Missing("ward"), read.Bed ?? "", read.Before is null ? null : FromDocument(read.Before))
            {
                Dropped = [.. read.Dropped ?? []],
            };
        }
        catch (JsonException fault)
        {
            // The exception's own text may repeat what stands in the record, so only the place goes on.
            throw new InvalidDataException($"The record is no observation: its JSON is wrong at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}.");
        }
    }

    private static Dictionary<string, double> ToDocument(IEnumerable<ObservedValue> values) => values.ToDictionary(value => value.Signal, value => value.Value, StringComparer.Ordinal);

    private static ImmutableArray<ObservedValue> FromDocument(Dictionary<string, double>? values) =>
        [.. (values ?? throw Missing("values")).Select(value => new ObservedValue(value.Key, value.Value))];

    private static ObservationVersion FromDocument(ObservationDocumentVersion version) => new(
        new Instant(version.Taken ?? throw Missing("before.taken")), version.Ward ?? throw Missing("before.ward"), version.Bed ?? "", FromDocument(version.Values))
    {
        Dropped = [.. version.Dropped ?? []],
    };

    private static InvalidDataException Missing(string member) => new($"The record is no observation: '{member}' is missing.");
}
