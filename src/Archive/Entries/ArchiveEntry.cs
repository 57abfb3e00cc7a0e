namespace IoTGateway.Archive.Entries;

/// <summary>An entry of the timeline as it goes into the archive.</summary>
/// <param name="Entry">What people see.</param>
/// <param name="FromWard">Where it concerns two wards, as a transfer does, the one that is not in the entry; else empty.</param>
internal sealed record ArchiveEntry(TimelineEntry Entry, string FromWard = "");
