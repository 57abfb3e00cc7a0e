using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Notifications.Records;

/// <summary>One alert that a page tells of, as it was when the page was written.</summary>
/// <param name="Episode">The <see cref="Alerts.AlertStatus.Episode"/>.</param>
/// <param name="AlertId">The <see cref="Alerts.AlertStatus.Id"/>.</param>
/// <param name="Call">Which of the times it called: the number of the alert event with which it began.</param>
/// <param name="Alert">The alert's name.</param>
/// <param name="Priority">How soon somebody has to act.</param>
/// <param name="Kind">The patient, or what measures the patient.</param>
/// <param name="State">Where in its life it was.</param>
/// <param name="Since">Since when its condition held.</param>
/// <param name="Value">The value that decided, with its unit.</param>
/// <param name="Limit">The limit compared with, with its unit.</param>
/// <param name="Message">The rule's message with its values filled in.</param>
/// <param name="Reason">Why it was in that state, in words.</param>
public sealed record PageItem(
    string Episode,
    string AlertId,
    long Call,
    string Alert,
    AlertPriority Priority,
    AlertKind Kind,
    AlertState State,
    Instant Since,
    string Value,
    string Limit,
    string Message,
    string Reason);
