using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;

namespace IoTGateway.Archive.Entries;

/// <summary>Care pauses, standby and limits set at the bedside. What a discharge ends is told by the census.</summary>
internal sealed class CareEntries : IEntryMaker
{
    /// <inheritdoc/>
    public RecordKind Kind => RecordKind.Care;

    /// <inheritdoc/>
    public IReadOnlyList<ArchiveEntry> Make(ArchiveRecord record, IPlaces places)
    {
        var happened = CareRecord.Read(record.Body);
        var (by, why) = (happened.By, happened.Why);
        (TimelineKind Kind, string Words)? told = happened.Change switch
        {
            CareChange.Paused when happened.Care.Pause is { } pause => (TimelineKind.Pause, Sentence.Of($"care pause of {OrderWords.Span(pause.Until - pause.Since)}", by, "")),
            CareChange.Resumed => (TimelineKind.Pause, Sentence.Of("care pause ended", "", why)),
            CareChange.StoodBy when happened.Care.Standby is { } standby => (TimelineKind.Standby, Sentence.Of($"standby for {OrderWords.Span(standby.Until - standby.Since)}", by, standby.Reason)),
            CareChange.StandbyEnded => (TimelineKind.Standby, Sentence.Of("standby ended", "", why)),
            CareChange.LimitSet => (TimelineKind.Limit, Sentence.Of("limit set at the bedside", by, why)),
            CareChange.LimitEnded => (TimelineKind.Limit, Sentence.Of($"limit {happened.Limit} of the bedside ended", "", why)),
            CareChange.NoteSeen => (TimelineKind.Acknowledgement, why),
            _ => null,
        };
        return told is var (kind, words) ? [new ArchiveEntry(new TimelineEntry(happened.Time, kind, happened.Ward, happened.Bed, happened.Patient, by, words, "", ""))] : [];
    }
}
