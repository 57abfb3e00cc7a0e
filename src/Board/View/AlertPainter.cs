using System.Globalization;
using IoTGateway.Alerts;
using IoTGateway.Alerts.Care;
using IoTGateway.Alerts.Orders;
using IoTGateway.Notifications;
using IoTGateway.Readings;
using IoTGateway.Rules;

namespace IoTGateway.Board.View;

/// <summary>Puts an alert into the words and marks of the ward.</summary>
internal static class AlertPainter
{
    /// <summary>The lower-case word of a priority.</summary>
    public static string PriorityWord(AlertPriority priority) => priority switch
    {
        AlertPriority.High => "high",
        AlertPriority.Medium => "medium",
        _ => "low",
    };

    /// <summary>The lower-case word of a kind.</summary>
    public static string KindWord(AlertKind kind) => kind == AlertKind.Technical ? "technical" : "physiological";

    /// <summary>The lower-case word of a state.</summary>
    public static string StateWord(AlertState state) => state switch
    {
        AlertState.Pending => "pending",
        AlertState.Active => "active",
        AlertState.Clearing => "clearing",
        AlertState.Latched => "latched",
        AlertState.Ended => "ended",
        _ => "unknown",
    };

    /// <summary>Whether it still calls for somebody.</summary>
    public static bool Calls(AlertStatus alert) => alert.Calls;

    /// <summary>The alert as a tile shows it.</summary>
    /// <param name="alert">The alert.</param>
    /// <param name="escalation">Who has been told of it and who is next; null where nobody is told.</param>
    /// <param name="clock">Writes the times.</param>
    /// <param name="now">The moment of the snapshot.</param>
    public static AlertView Paint(AlertStatus alert, EscalationStatus? escalation, SiteClock clock, Instant now)
    {
        var technical = alert.Kind == AlertKind.Technical;
        return new AlertView
        {
            Id = alert.Id,
            Episode = alert.Episode,
            Priority = PriorityWord(alert.Priority),
            Technical = technical,
            Mark = Mark(alert),
            Words = PriorityWord(alert.Priority).ToUpperInvariant() + (technical ? " technical" : ""),
            Name = alert.Alert,
            Comparison = ComparisonOf(alert),
            Message = alert.Message.Length == 0 || alert.Message == alert.Alert ? null : WithSigns(alert.Message),
            Reason = alert.Reason,
            Since = alert.Since.UnixMilliseconds,
            SinceText = clock.Short(alert.Since, now),
            StateText = StateText(alert, clock, now),
            Acknowledged = alert.Acknowledgement is { } seen ? $"{seen.By} at {clock.Short(seen.At, now)}" : null,
            Unverified = alert.Unverified,
            Calls = Calls(alert),
            State = StateWord(alert.State),
            CallsAgain = alert.Acknowledgement is null ? null : alert.ReAlarmAt?.UnixMilliseconds,
            Silence = alert.Silence is { } silence ? $"by {silence.By}: {silence.Reason}" : null,
            SilencedUntil = alert.Silence?.Until.UnixMilliseconds,
            SilenceMost = (int)SilenceLimits.AtMost(alert.Priority, alert.Kind).TotalSeconds,
            NextRole = escalation?.Next?.Role,
            NextAt = escalation?.Next?.At?.UnixMilliseconds,
            NextWaitsFor = escalation?.Next is { WaitsFor: not EscalationWait.Nothing } next ? next.WaitsFor.ToString().ToLowerInvariant() : null,
            NobodyReached = escalation?.NobodyReached ?? false,
            Told = Told(escalation),
        };
    }

    /// <summary>*** ** * for the patient, !!! !! ! for what measures the patient: the priority can be told without its colour.</summary>
    public static string Mark(AlertStatus alert) =>
        new(alert.Kind == AlertKind.Technical ? '!' : '*', alert.Priority switch { AlertPriority.High => 3, AlertPriority.Medium => 2, _ => 1 });

    /// <summary>"86 % &lt; 88 %"; "V, not A" of letters; "3, limit 3" where there is no sign between the two; null where there is no value.</summary>
    public static string? Comparison(string value, string limit)
    {
        if (value.Length == 0 || limit.Length == 0)
        {
            return value.Length == 0 ? null : value;
        }

        if (LeadingNumber(value) is { } number && LeadingNumber(limit) is { } bound && number != bound)
        {
            return $"{value} {(number < bound ? '<' : '>')} {limit}";
        }

        // "3 = 3" would say nothing, and a score that is not complete has a sign of its own.
        var shown = WithSigns(value);
        return limit is not [>= 'A' and <= 'Z'] ? $"{shown}, limit {limit}" : shown == limit ? shown : $"{shown}, not {limit}";
    }

    /// <summary>A text of the rules with the signs that people write.</summary>
    private static string WithSigns(string text) => text.Replace(">=", "≥", StringComparison.Ordinal).Replace("<=", "≤", StringComparison.Ordinal);

    /// <summary>Once it is over, the value is the one that ended it: beside the limit it would read like the opposite alarm.</summary>
    private static string? ComparisonOf(AlertStatus alert) =>
        alert.State is AlertState.Pending or AlertState.Active ? Comparison(alert.Value, alert.Limit)
        : alert.Value.Length == 0 ? "over"
        : $"over, now {alert.Value}";

    private static string? StateText(AlertStatus alert, SiteClock clock, Instant now)
    {
        var words = new List<string>();
        switch (alert.State)
        {
            case AlertState.Clearing:
                words.Add("recovering, still watched");
                break;
            case AlertState.Latched:
                words.Add($"over since {clock.Short(alert.Changed, now)}, kept until acknowledged");
                break;
        }

        if (alert.Suppressed)
        {
            words.Add($"held back: {(alert.SuppressedBy.Length > 0 ? alert.SuppressedBy : "another alert")} says the same");
        }

        if (alert.Hold != PatientHold.None)
        {
            words.Add(alert.Hold == PatientHold.Pause ? "held back by the care pause" : "held back by the standby");
        }

        return words.Count == 0 ? null : string.Join("; ", words);
    }

    /// <summary>Only the newest page: whoever wants all of them opens the alert.</summary>
    private static string? Told(EscalationStatus? escalation) => escalation is not { Pages: [.., var last] } ? null : last.State switch
    {
        PageState.Queued => $"{last.Person} is being told",
        PageState.Sending => $"{last.Person} is being told, whether it arrived is not known yet",
        PageState.Sent => $"{last.Person} was sent a message",
        PageState.Delivered => $"{last.Person} was reached",
        PageState.Dropped => $"{last.Person} was not told: no longer true",
        _ => $"{last.Person} could NOT be told{(last.Reason.Length > 0 ? ": " + last.Reason : "")}",
    };

    private static double? LeadingNumber(string text)
    {
        var length = 0;
        while (length < text.Length && (char.IsAsciiDigit(text[length]) || text[length] is '.' or '-' or '+'))
        {
            length++;
        }

        return double.TryParse(text.AsSpan(0, length), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
