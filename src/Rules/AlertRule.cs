using System.Collections.Immutable;

namespace IoTGateway.Rules;

/// <summary>What people and consumers need to know of a rule; how it is evaluated is the engine's.</summary>
public sealed class AlertRule
{
    /// <summary>When an alert calls again whose rule does not say it: bedside monitors do after 2 or 3 min.</summary>
    public static readonly TimeSpan DefaultReAlarm = TimeSpan.FromMinutes(3);

    /// <summary>The shortest <see cref="ReAlarmAfter"/>: somebody needs time to do something about it.</summary>
    public static readonly TimeSpan LeastReAlarm = TimeSpan.FromMinutes(1);

    /// <summary>The longest <see cref="ReAlarmAfter"/>.</summary>
    public static readonly TimeSpan MostReAlarm = TimeSpan.FromHours(24);

    /// <summary>Its place in <see cref="RuleSet.Rules"/>.</summary>
    public required int Index { get; init; }

    /// <summary>The alert's name, which is its identity across reloads, for example "SpO2 low".</summary>
    public required string Name { get; init; }

    /// <summary>The name in lower-case kebab, for topics: "spo2-low".</summary>
    public required string Slug { get; init; }

    /// <summary>How soon somebody has to act; of an alert with levels, that of its most urgent one.</summary>
    public required AlertPriority Priority { get; init; }

    /// <summary>The patient, or what measures the patient.</summary>
    public required AlertKind Kind { get; init; }

    /// <summary>Whether it stays until a person acknowledges it.</summary>
    public bool Latch { get; init; }

    /// <summary>The levels, the least urgent first; one for a rule without <c>levels</c>.</summary>
    public ImmutableArray<AlertLevel> Levels { get; init; } = [];

    /// <summary>Whether it is tried only: evaluated and recorded, never notified.</summary>
    public bool Shadow { get; init; }

    /// <summary>Who is told while nobody acknowledges, the earliest stage first.</summary>
    public ImmutableArray<EscalationStage> Escalation { get; init; } = [];

    /// <summary>
    /// How long after an acknowledgement it calls again if its condition still holds, from <see cref="LeastReAlarm"/> to <see cref="MostReAlarm"/>; null: never.
    /// </summary>
    public TimeSpan? ReAlarmAfter { get; init; } = DefaultReAlarm;

    /// <summary>Whether it ends a care pause of the patient while it is raised at the priority <see cref="AlertPriority.High"/>.</summary>
    public bool BreaksPause { get; init; }

    /// <summary>Earlier names of the alert: what stood under one of them goes on under <see cref="Name"/>.</summary>
    public ImmutableArray<string> Was { get; init; } = [];

    /// <summary>The condition as written in the file; of an alert with levels, that of its most urgent one.</summary>
    public string When { get; init; } = "";

    /// <summary>When it is over, as written in the file; null: when the condition is definitely false.</summary>
    public string? ClearWhen { get; init; }

    /// <summary>How long that condition must hold before the alert is raised; 0: at once.</summary>
    public TimeSpan For { get; init; }

    /// <summary>How long the clear condition must hold before the alert ends; 0: at once.</summary>
    public TimeSpan ClearAfter { get; init; }

    /// <summary>The file it stands in.</summary>
    public string File { get; init; } = "";

    /// <summary>The line in which it begins, from 1.</summary>
    public int Line { get; init; }
}
