using System.Collections.Immutable;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Records;

/// <summary>One message to one person over one channel, of one or several alerts of one patient. A record of the log.</summary>
public sealed record Page
{
    /// <summary>The idempotency key: unique for ever, the same at each try.</summary>
    public required string Key { get; init; }

    /// <summary>Its number among all pages of the log, from 1.</summary>
    public required long Number { get; init; }

    /// <summary>Why it is sent.</summary>
    public required PageType Type { get; init; }

    /// <summary>The stage: 0 the raise, 1 the first one of <c>escalate</c>.</summary>
    public required int Stage { get; init; }

    /// <summary>The role that was to be told; empty where a route names the person.</summary>
    public required string Role { get; init; }

    /// <summary>The person's id in the roster.</summary>
    public required string Person { get; init; }

    /// <summary>The person's name as shown.</summary>
    public required string Name { get; init; }

    /// <summary>The channel.</summary>
    public required string Channel { get; init; }

    /// <summary>Where on that channel; may be empty.</summary>
    public required string Address { get; init; }

    /// <summary>The ward.</summary>
    public required string Ward { get; init; }

    /// <summary>The patient.</summary>
    public required string Patient { get; init; }

    /// <summary>The bed; empty for an unassigned device.</summary>
    public required string Bed { get; init; }

    /// <summary>When it was put into the queue.</summary>
    public required Instant Queued { get; init; }

    /// <summary>Whether the person is told the end as well.</summary>
    public bool TellWhenOver { get; init; }

    /// <summary>The key of the page that failed and in whose place it stands; empty for none.</summary>
    public string InsteadOf { get; init; } = "";

    /// <summary>The alerts; at least one.</summary>
    public required ImmutableArray<PageItem> Items { get; init; }

    /// <summary>The most urgent of its alerts.</summary>
    public AlertPriority Priority => Items.Max(item => item.Priority);
}
