using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Readings.Census;

namespace IoTGateway.Archive.Entries;

/// <summary>What a census says that the one before it did not: who came, went or moved, and which device stands elsewhere now.</summary>
internal static class CensusEntries
{
    /// <summary>The entries of a census; none where it says what was known.</summary>
    /// <param name="change">The census and its time.</param>
    /// <param name="before">The census before it.</param>
    public static IReadOnlyList<ArchiveEntry> Make(CensusRecord change, WardCensus before)
    {
        var now = change.Census;
        var bedsBefore = before.Beds.Where(bed => bed.Patient is not null).ToDictionary(bed => bed.Patient!, StringComparer.Ordinal);
        var bedsNow = now.Beds.Where(bed => bed.Patient is not null).ToDictionary(bed => bed.Patient!, StringComparer.Ordinal);
        var entries = new List<ArchiveEntry>();
        foreach (var (patient, bed) in bedsBefore)
        {
            if (!bedsNow.ContainsKey(patient))
            {
                Add(bed, patient, $"{patient} discharged from {bed.Id}");
            }
        }

        foreach (var (patient, bed) in bedsNow)
        {
            if (!bedsBefore.TryGetValue(patient, out var from))
            {
                Add(bed, patient, $"{patient} admitted to {bed.Id}");
                continue;
            }

            if ((from.Ward, from.Id) != (bed.Ward, bed.Id))
            {
                var isOtherWard = from.Ward != bed.Ward;
                Add(bed, patient, isOtherWard ? $"{patient} moved from {from.Id} in {from.Ward} to {bed.Id} in {bed.Ward}" : $"{patient} moved from {from.Id} to {bed.Id}", isOtherWard ? from.Ward : "");
            }

            AddChange(bed, patient, "tags", from.Tags, bed.Tags);
            AddChange(bed, patient, "monitored signals", from.Monitored, bed.Monitored);
            if (from.Population != bed.Population)
            {
                Add(bed, patient, bed.Population.Length == 0 ? $"{patient} counts among no population any more" : $"{patient} counts among {bed.Population} now");
            }
        }

        AddDevices();
        if (entries.Count == 0 && change.Note is { Kind: CensusNoteKind.Keep } kept)
        {
            entries.Add(new ArchiveEntry(new TimelineEntry(kept.At, TimelineKind.Census, "", "", "", kept.By, Sentence.Of(kept.Words, kept.By, kept.Reason), "", "")));
        }

        return entries;

        void AddChange(Bed bed, string patient, string what, ImmutableArray<string> from, ImmutableArray<string> to)
        {
            if (!from.AsSpan().SequenceEqual(to.AsSpan()))
            {
                Add(bed, patient, to.IsEmpty ? $"{patient} has no {what} any more" : $"{patient} has the {what} {string.Join(", ", to)} now");
            }
        }

        void AddDevices()
        {
            // Devices that came or went with their bed are no news.
            var known = before.Beds.Select(Place).ToHashSet();
            var left = now.Beds.Select(Place).ToHashSet();
            foreach (var device in before.Devices.Union(now.Devices).Order(StringComparer.Ordinal))
            {
                var (from, to) = (before.BedOf(device), now.BedOf(device));
                if (from is not null && to is not null && Place(from) != Place(to))
                {
                    Add(to, to.Patient ?? "", $"{device} moved from {from.Id} to {to.Id}", from.Ward == to.Ward ? "" : from.Ward);
                }
                else if (from is null && to is not null && known.Contains(Place(to)))
                {
                    Add(to, to.Patient ?? "", $"{device} stands at {to.Id} now");
                }
                else if (to is null && from is not null && left.Contains(Place(from)))
                {
                    Add(from, from.Patient ?? "", $"{device} stands at {from.Id} no longer");
                }
            }
        }

        void Add(Bed bed, string patient, string words, string fromWard = "") => entries.Add(
            new ArchiveEntry(new TimelineEntry(TimeOf(change), TimelineKind.Census, bed.Ward, bed.Id, patient, change.Note?.By ?? "", words + CauseOf(change.Note), "", ""), fromWard));
    }

    /// <summary>A correction is an act of the time when it was made, whatever it corrects.</summary>
    private static Instant TimeOf(CensusRecord change) => change.Note is { Kind: CensusNoteKind.Undo } undone ? undone.At : change.From;

    /// <summary>By whom and why, behind the sentence.</summary>
    private static string CauseOf(CensusNote? note) => note switch
    {
        null => "",
        { Kind: CensusNoteKind.Undo } => Sentence.Of("", note.By, note.Reason.Length > 0 ? $"{note.Words}; {note.Reason}" : note.Words),
        { Kind: CensusNoteKind.Import, By: "" } => " by the census file",
        _ => Sentence.Of("", note.By, note.Reason),
    };

    private static (string Ward, string Bed) Place(Bed bed) => (bed.Ward, bed.Id);
}
