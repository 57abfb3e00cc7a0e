namespace IoTGateway.Rules.Evaluation;

/// <summary>A rule ready to be evaluated. Durations are milliseconds.</summary>
internal sealed class CompiledRule
{
    /// <summary>What people see of it.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>The condition.</summary>
    public required Condition When { get; init; }

    /// <summary>When it is over; null: when the condition is definitely false.</summary>
    public required Condition? ClearWhen { get; init; }

    /// <summary>How long the condition must hold.</summary>
    public required long For { get; init; }

    /// <summary>How long the clear condition must hold.</summary>
    public required long ClearAfter { get; init; }

    /// <summary>The message.</summary>
    public required MessageTemplate Message { get; init; }

    /// <summary>The slots both conditions read.</summary>
    public required int[] Reads { get; init; }

    /// <summary>
    /// SHA-256 of what decides when the alert is raised and ended: the conditions with limits and derived signals put in, and the durations;
    /// not the message, the priority or the kind. State is carried over a reload unchanged only where it is the same.
    /// </summary>
    public required string Hash { get; init; }
}
