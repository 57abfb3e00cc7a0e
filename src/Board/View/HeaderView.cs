namespace IoTGateway.Board.View;

/// <summary>What stands above and below the tiles; sent with every event, so it is the heartbeat too.</summary>
internal sealed record HeaderView
{
    /// <summary>The gateway's time, Unix milliseconds; ages are counted from it.</summary>
    public required long Time { get; init; }

    /// <summary>The same in the site's zone: "22:14:05".</summary>
    public required string Clock { get; init; }

    /// <summary>Its date: "Sun 22 Nov 2026".</summary>
    public required string Date { get; init; }

    /// <summary>The site's zone.</summary>
    public required string Zone { get; init; }

    /// <summary>The wards shown, or the board's name where there is none.</summary>
    public required string Title { get; init; }

    /// <summary>How many alerts of high priority stand.</summary>
    public required int High { get; init; }

    /// <summary>How many of medium.</summary>
    public required int Medium { get; init; }

    /// <summary>How many of low.</summary>
    public required int Low { get; init; }

    /// <summary>How many of all of them call for somebody.</summary>
    public required int Calling { get; init; }

    /// <summary>How many occupied beds and devices are not monitored.</summary>
    public required int NotMonitored { get; init; }

    /// <summary>The alerts of high and medium priority: high first, then those nobody has acknowledged, then by the score of the patient.</summary>
    public required IReadOnlyList<UrgentView> Urgent { get; init; }

    /// <summary>How many of them are not shown.</summary>
    public required int UrgentMore { get; init; }

    /// <summary>The highest priority that calls for somebody: "high", "medium", "low" or "none"; what a page sounds.</summary>
    public required string Attention { get; init; }

    /// <summary>How many alerts were escalated to the end and reached nobody.</summary>
    public required int NobodyReached { get; init; }

    /// <summary>What is wrong with the gateway itself, in sentences; empty if nothing is.</summary>
    public required IReadOnlyList<string> Troubles { get; init; }

    /// <summary>The errors of the rule files, each with its place; empty if there are none.</summary>
    public required IReadOnlyList<string> RuleErrors { get; init; }

    /// <summary>The beginning of the version of the rules in force; empty if there are none.</summary>
    public required string RuleSet { get; init; }

    /// <summary>Whether there is a history to draw.</summary>
    public required bool History { get; init; }

    /// <summary>Which build of the page's own files the gateway serves; a page of another build loads itself anew.</summary>
    public required string Build { get; init; }
}
