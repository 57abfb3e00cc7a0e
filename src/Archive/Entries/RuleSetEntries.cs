using IoTGateway.Alerts;
using IoTGateway.Archive.Files;
using IoTGateway.Queue;

namespace IoTGateway.Archive.Entries;

/// <summary>Other rules came into force, wait for approval, or cannot be used. They concern every ward.</summary>
internal sealed class RuleSetEntries : IEntryMaker
{
    /// <summary>So much of a version is enough to tell it from all others; the whole of it stands in the record.</summary>
    private const int ShownVersionLength = 12;

    /// <inheritdoc/>
    public RecordKind Kind => RecordKind.RuleSet;

    /// <inheritdoc/>
    public IReadOnlyList<ArchiveEntry> Make(ArchiveRecord record, IPlaces places)
    {
        var step = RuleSetRecord.Read(record.Body);
        var set = $"rule set {(step.RuleSetVersion.Length > ShownVersionLength ? step.RuleSetVersion[..ShownVersionLength] : step.RuleSetVersion)}";
        var what = step.Step switch
        {
            RuleSetStep.InForce => $"{set} came into force",
            RuleSetStep.Waits => $"{set} waits for approval",
            RuleSetStep.Approved => $"{set} was approved and came into force",
            RuleSetStep.Refused => $"{set} was refused",
            RuleSetStep.RolledBack => $"{set} was put back into force",
            RuleSetStep.FilesInvalid => "the rule files cannot be used; the last good rules stay in force",
            RuleSetStep.FilesValid => "the rule files can be used again",
            _ => throw new InvalidDataException($"A rule set's record does {step.Step}, which this version of the gateway does not know."),
        };

        // Records of the first form do not say when.
        var time = step.At.UnixMilliseconds > 0 ? step.At : record.Recorded;
        return [new ArchiveEntry(new TimelineEntry(time, TimelineKind.Rules, "", "", "", step.By, Sentence.Of(what, step.By, step.Why), "", ""))];
    }
}
