using IoTGateway.Queue;

namespace IoTGateway.Archive.Entries;

/// <summary>The kinds of records that are archived, and who tells of them.</summary>
internal static class EntryMakers
{
    private static readonly IEntryMaker[] All = [new RuleSetEntries(), new CareEntries(), new ObservationEntries(), new NotificationRulesEntries()];

    /// <summary>What the archive wants to see. Alert events, censuses and pages also fill tables of their own.</summary>
    public static RecordKinds Kinds { get; } = RecordKinds.Of(
        RecordKind.AlertEvent,
        RecordKind.Census,
        RecordKind.RuleSet,
        RecordKind.Care,
        RecordKind.Observation,
        RecordKind.Page,
        RecordKind.PageReceipt,
        RecordKind.NotificationRules);

    /// <summary>Who tells of records of a kind; null where nobody does yet.</summary>
    public static IEntryMaker? Of(RecordKind kind) => Array.Find(All, maker => maker.Kind == kind);
}
