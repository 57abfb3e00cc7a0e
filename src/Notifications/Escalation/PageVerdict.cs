using System.Collections.Immutable;
using IoTGateway.Notifications.Records;

namespace IoTGateway.Notifications.Escalation;

/// <summary>What a channel has to know of a page when it is the page's turn.</summary>
/// <param name="IsOpen">Whether there is anything left to do; false for one that was sent, dropped or given up, and for one nobody remembers.</param>
/// <param name="IsRepeat">Whether the record says that an earlier try may have arrived.</param>
/// <param name="Items">The alerts of it that are still true; none: it is to be dropped.</param>
/// <param name="Reason">Why none is, or why it has to wait, in words.</param>
/// <param name="HasToWait">Whether it is not its turn yet: the end of an alert is told only when it is known what became of the pages that told of it.</param>
public sealed record PageVerdict(bool IsOpen, bool IsRepeat, ImmutableArray<PageItem> Items, string Reason, bool HasToWait = false);
