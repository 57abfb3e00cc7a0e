using System.Collections.Immutable;

namespace IoTGateway.Rules.Evaluation;

/// <summary>A rule ready to be evaluated, with the limits and derived signals of some profile of patients. Durations are milliseconds.</summary>
internal sealed class CompiledRule
{
    /// <summary>An alert has at most as many levels as there are priorities.</summary>
    public const int MostLevels = 3;

    /// <summary>What people see of it.</summary>
    public required AlertRule Rule { get; init; }

    /// <summary>The levels, the least urgent first.</summary>
    public required ImmutableArray<CompiledLevel> Levels { get; init; }

    /// <summary>When it is over; null: when the conditions of all levels are definitely false.</summary>
    public required Condition? ClearWhen { get; init; }

    /// <summary>How long that must hold.</summary>
    public required long ClearAfter { get; init; }

    /// <summary>The rules that hold it back while they are raised, by index, rising.</summary>
    public required ImmutableArray<int> SuppressedBy { get; init; }

    /// <summary>What its conditions read.</summary>
    public required ReadSet Reads { get; init; }

    /// <summary>
    /// SHA-256 of what decides when the alert is raised and ended: the conditions with limits and derived signals put in, and the durations;
    /// not the message, the priority or the kind. State is carried over a reload unchanged only where it is the same.
    /// </summary>
    public required string Hash { get; init; }

    /// <summary>Whether the answers of its conditions may rest on something questionable at present.</summary>
    public bool IsTainted(in Frame frame)
    {
        foreach (var slot in _slots)
        {
            if (frame.IsQuestionable(slot))
            {
                return true;
            }
        }

        foreach (var alert in _alerts)
        {
            if (frame.IsUnverified(alert))
            {
                return true;
            }
        }

        return false;
    }

    private int[] _slots => field ??= [.. Reads.Slots];

    private int[] _alerts => field ??= [.. Reads.Alerts];
}
