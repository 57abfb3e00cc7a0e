using IoTGateway.Readings;

namespace IoTGateway.Rules;

/// <summary>The engine's output: one alert of one patient entered another state.</summary>
public sealed record AlertTransition
{
    /// <summary>Whose.</summary>
    public required string Patient { get; init; }

    /// <summary>Which alert; belongs to the rule set in force at the transition (for "rule removed": to the one before).</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>The state entered: pending, active, clearing or ended. Active after clearing is the same episode.</summary>
    public required AlertState State { get; init; }

    /// <summary>The level it is at; while pending, the most urgent one whose condition holds.</summary>
    public required AlertPriority Priority { get; init; }

    /// <summary>
    /// The alert was in this state already: only its level, <see cref="Unverified"/>, <see cref="SuppressedBy"/> or the rule changed (see
    /// <see cref="Reason"/>). It is no new raise.
    /// </summary>
    public bool IsUpdate { get; init; }

    /// <summary>When, in event time; never before the alert's last transition.</summary>
    public required Instant Time { get; init; }

    /// <summary>Since when the condition has held (the beginning of pending), in event time.</summary>
    public required Instant Since { get; init; }

    /// <summary>The value that decided, formatted with its unit, for example "86 %"; empty where there is none.</summary>
    public required string Value { get; init; }

    /// <summary>The same value as a number, without unit; NaN where there is none.</summary>
    public double Number { get; init; } = double.NaN;

    /// <summary>The limit compared with, formatted, for example "88 %"; empty where there is none.</summary>
    public required string Limit { get; init; }

    /// <summary>The rule's message with its values filled in; plain text.</summary>
    public required string Message { get; init; }

    /// <summary>Why, in words: "SpO2 86 % &lt; limit 88 % for 15 s".</summary>
    public required string Reason { get; init; }

    /// <summary>Whether it rests on a questionable value, or its condition can no longer be evaluated (no data).</summary>
    public required bool Unverified { get; init; }

    /// <summary>The alert that stands and holds this one back; empty where there is none. It acts on notification only: the state goes on.</summary>
    public string SuppressedBy { get; init; } = "";
}
