using System.Text.Json;

namespace IoTGateway.Readings.Census;

/// <summary>A census as it stands in the log: JSON with a format number, the time from which it holds, and the beds.</summary>
/// <remarks>
/// Format 1, UTF-8 without byte order mark, here with line breaks that are not written; <c>patient</c> is left out for an empty bed, <c>population</c> where
/// nobody has said; from <c>at</c> to <c>request</c> all may be left out, and older records have none of them:
/// <code>
/// {"format":1,
///  "from":1700000000000,          Unix milliseconds from which it holds
///  "at":1700000000000,            Unix milliseconds at which it was recorded
///  "kind":"transfer",             import, keep, admit, transfer, discharge, device, patient, undo (CensusNoteKind)
///  "by":"nurse-1",                the person
///  "words":"p1 moved from ICU-1 to ICU-2",
///  "reason":"...",
///  "corrects":4711,               of what is undone, the log address of the record whose change it was
///  "file":"9f86d0...",            of a census file, the SHA-256 of its text
///  "request":"c-1",               by what the one who waits for it knows it
///  "beds":[{"bed":"ICU-1","ward":"ICU","patient":"p1","devices":["monitor-1"],"tags":["spo2-scale-2"],"population":"adults","monitored":["hr","spo2"]}, ...]}
/// </code>
/// Members nobody knows are passed over, so a format number is needed only where old ones change their meaning.
/// </remarks>
/// <param name="From">From when on it holds.</param>
/// <param name="Census">Who is where.</param>
public sealed record CensusRecord(Instant From, WardCensus Census)
{
    /// <summary>The format that is written, and the only one that is read.</summary>
    public const int Format = 1;

    /// <summary>What it says of itself; null for a record that says only who is where.</summary>
    public CensusNote? Note { get; init; }

    /// <summary>The body of the log record, in UTF-8.</summary>
    public byte[] Write()
    {
        var document = new CensusDocument
        {
            Format = Format,
            From = From.UnixMilliseconds,
            At = Note?.At.UnixMilliseconds,
            Kind = Note is { Kind: not CensusNoteKind.Unknown } ? WordOf(Note.Kind) : null,
            By = NullIfEmpty(Note?.By),
            Words = NullIfEmpty(Note?.Words),
            Reason = NullIfEmpty(Note?.Reason),
            Corrects = Note?.Corrects,
            File = NullIfEmpty(Note?.File),
            Request = NullIfEmpty(Note?.Request),
            Beds = [.. Census.Beds.Select(bed => new CensusDocumentBed
            {
                Bed = bed.Id,
                Ward = bed.Ward,
                Patient = bed.Patient,
                Devices = [.. bed.Devices],
                Tags = [.. bed.Tags],
                Population = bed.Population.Length == 0 ? null : bed.Population,
                Monitored = [.. bed.Monitored],
            })],
        };
        return JsonSerializer.SerializeToUtf8Bytes(document, CensusJson.Default.CensusDocument);
    }

    /// <summary>Reads the body of a log record. Throws <see cref="InvalidDataException"/> if it is none, or of a format this version does not know.</summary>
    public static CensusRecord Read(ReadOnlySpan<byte> body)
    {
        try
        {
            var format = JsonSerializer.Deserialize(body, CensusJson.Default.CensusFormat)?.Format
                ?? throw new InvalidDataException("The record is no census: it has no format number.");
            if (format != Format)
            {
                throw new InvalidDataException(
                    $"The census record is of format {format}; this version reads format {Format}. Run the version of the gateway that wrote it, or a newer one.");
            }

            var document = JsonSerializer.Deserialize(body, CensusJson.Default.CensusDocument)!;
            var from = document.From ?? throw Missing("from");
            var beds = (document.Beds ?? throw Missing("beds")).Select(bed => ToBed(bed ?? throw Missing("beds[]")));
            return new CensusRecord(new Instant(from), new WardCensus([.. beds])) { Note = ToNote(document) };
        }
        catch (JsonException fault)
        {
            // The exception's own text may repeat what stands in the record, so only the place goes on.
            throw new InvalidDataException($"The record is no census: its JSON is wrong at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}.");
        }
        catch (ArgumentException fault)
        {
            throw new InvalidDataException($"The census record contradicts itself. {fault.Message}", fault);
        }
    }

    private static CensusNote? ToNote(CensusDocument document) => document.At is not { } at ? null : new CensusNote
    {
        At = new Instant(at),
        Kind = Array.Find(Enum.GetValues<CensusNoteKind>(), kind => WordOf(kind) == document.Kind),
        By = document.By ?? "",
        Words = document.Words ?? "",
        Reason = document.Reason ?? "",
        Corrects = document.Corrects,
        File = document.File ?? "",
        Request = document.Request ?? "",
    };

    private static string WordOf(CensusNoteKind kind) => kind.ToString().ToLowerInvariant();

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static Bed ToBed(CensusDocumentBed bed) => new(
        bed.Bed ?? throw Missing("bed"),
        bed.Ward ?? throw Missing("ward"),
        bed.Patient,
        [.. NoneNull(bed.Devices, "devices")],
        [.. NoneNull(bed.Tags, "tags")],
        [.. NoneNull(bed.Monitored, "monitored")])
    {
        Population = bed.Population ?? "",
    };

    private static string[] NoneNull(string[]? texts, string member) =>
        texts is null || texts.Contains(null) ? throw Missing(member) : texts;

    private static InvalidDataException Missing(string member) => new($"The record is no census: '{member}' is missing.");
}
