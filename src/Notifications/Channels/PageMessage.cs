using System.Collections.Immutable;
using IoTGateway.Notifications.Records;

namespace IoTGateway.Notifications.Channels;

/// <summary>A page as it is sent.</summary>
/// <param name="Page">The page.</param>
/// <param name="Items">Its alerts that are still true.</param>
/// <param name="IsRepeat">Whether an earlier try may have arrived.</param>
/// <param name="Zone">The zone in which people read times.</param>
internal sealed record PageMessage(Page Page, ImmutableArray<PageItem> Items, bool IsRepeat, TimeZoneInfo Zone);
