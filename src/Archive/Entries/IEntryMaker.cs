using IoTGateway.Archive.Files;
using IoTGateway.Queue;

namespace IoTGateway.Archive.Entries;

/// <summary>Tells in sentences what a record of one kind says. Without state: the same record at the same place gives the same entries.</summary>
internal interface IEntryMaker
{
    /// <summary>Of which kind.</summary>
    RecordKind Kind { get; }

    /// <summary>The entries of a record, none where it is of no interest to people.</summary>
    /// <param name="record">The record.</param>
    /// <param name="places">Who was where just before it.</param>
    /// <exception cref="InvalidDataException">This version cannot read it.</exception>
    IReadOnlyList<ArchiveEntry> Make(ArchiveRecord record, IPlaces places);
}
