using IoTGateway.Archive.Files;
using IoTGateway.Notifications.Records;
using IoTGateway.Queue;

namespace IoTGateway.Archive.Entries;

/// <summary>Another roster or other notification rules came into force. They concern every ward.</summary>
internal sealed class NotificationRulesEntries : IEntryMaker
{
    /// <inheritdoc/>
    public RecordKind Kind => RecordKind.NotificationRules;

    /// <inheritdoc/>
    public IReadOnlyList<ArchiveEntry> Make(ArchiveRecord record, IPlaces places)
    {
        var rules = NotificationRulesRecord.Read(record.Body);
        var words = rules.Roster is null ? "there is no roster any more; nobody is paged" : "another roster or other notification rules came into force";
        return [new ArchiveEntry(new TimelineEntry(rules.At, TimelineKind.Rules, "", "", "", "", words, "", ""))];
    }
}
